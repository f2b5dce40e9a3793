import type { Capture } from '../capture.js';
import type { PacketSink } from '../sink.js';
import type { WritePlan } from './write-options.js';

/** How often it is looked whether somebody still reads what is written: a capture may be silent for long. */
const readerMilliseconds = 500;

/**
 * What happens by the clock while packets are written: statistics, and the end if nobody reads any more or nothing can
 * be written. Returns what ends it.
 */
export function watch(running: Capture, sink: PacketSink, plan: WritePlan): () => void {
  const timers: NodeJS.Timeout[] = [];
  /** Whatever is wrong will be said when the sink is closed. */
  const every = (milliseconds: number, isFine: () => Promise<boolean>) => {
    const look = async () => {
      if (!(await isFine().catch(() => false))) running.stop();
    };
    timers.push(setInterval(look, milliseconds));
  };
  every(readerMilliseconds, async () => (await sink.hasReader?.()) ?? true);
  if (plan.statisticsSeconds !== undefined) {
    every(plan.statisticsSeconds * 1000, async () => (await sink.appendStatistics?.())?.ok ?? true);
  }
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
