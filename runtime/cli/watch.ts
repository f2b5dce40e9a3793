import type { Capture } from '../capture.js';
import type { PacketSink } from '../sink.js';
import { describeProgress } from './progress.js';
import type { Readings } from './readings.js';
import type { Reading } from './summary.js';
import type { WritePlan } from './write-options.js';

/** How often it is looked whether somebody still reads what is written: a capture may be silent for long. */
const readerMilliseconds = 500;

/**
 * What happens by the clock while packets are written: statistics, and the end if nobody reads any more or nothing can
 * be written. Returns what ends it.
 */
export function watch(
  running: Capture,
  sink: PacketSink,
  plan: WritePlan,
  readings: Readings,
): () => void {
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
    every(plan.statisticsSeconds * 1000, reportProgress(sink, readings));
  }
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

/** Says on standard error what the file is told at the same time. Whether there was room for that. */
function reportProgress(sink: PacketSink, readings: Readings): () => Promise<boolean> {
  const begin = performance.now();
  let before: Reading | undefined;
  return async () => {
    let isFine = true;
    const reading = await readings.during(async () => {
      isFine = (await sink.appendStatistics?.())?.ok ?? true;
    });
    const seconds = Math.round((performance.now() - begin) / 1000);
    process.stderr.write(`${describeProgress(seconds, reading, before)}\n`);
    before = reading;
    return isFine;
  };
}
