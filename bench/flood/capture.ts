import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countFloods, type Flood, type FloodTimes, matchesOf, sendFlood } from './floods.js';
import type { FloodPlace } from './place.js';
import { lossesOf, startTool, type ToolName } from './tools.js';

/** Frames of one size, of which one in `every` matches; 0: none does. */
export interface FloodKind {
  readonly frameBytes: number;
  readonly every: number;
}

/** A flood whose cost was taken. */
export interface FloodCost {
  readonly times: FloodTimes;
  /** The tool's own processor time for it, nanoseconds per frame. */
  readonly processNanoseconds: number;
}

/** What one capture showed. */
export interface CaptureFigures {
  readonly costs: readonly FloodCost[];
  /** The highest rate without a loss, frames per second; undefined if there was none. */
  readonly rate: number | undefined;
}

export const costPackets = 200_000;
const warmPackets = 200_000;
const ratePackets = 200_000;
/** Rates that are tried, frames per second: as many as go, then fewer and fewer. */
const rates = [0, 700_000, 500_000, 350_000, 250_000, 150_000] as const;
/**
 * Floods in a row whose cost is taken: the processor has moods that last for about one. Only one where all match: the
 * file is in memory.
 */
const costFloods = 5;
/** Messages in a batch of 32 frames whose cost is taken: they also hold the flood at a rate that nobody loses at. */
export const comparedMessages = 24;
/** Until a tool has looked once more. */
export const settleMilliseconds = 200;
/** tcpdump gets a part of a buffer after a second, and leaves what it did not get. */
const endMilliseconds = 1300;

/** The floods without anybody who captures. */
export async function measureAlone(
  { pair, sender }: FloodPlace,
  frameBytes: number,
): Promise<readonly FloodTimes[]> {
  const times: FloodTimes[] = [];
  for (const flood of floodsOfCost({ frameBytes, every: 0 })) {
    times.push(await sendFlood(sender, pair, flood));
  }
  return times;
}

function floodsOfCost(kind: FloodKind): readonly Flood[] {
  return Array.from({ length: kind.every === 1 ? 1 : costFloods }, (_, index) => ({
    ...kind,
    id: index + 1,
    packets: costPackets,
    rate: 0,
    messages: comparedMessages,
  }));
}

/** A flood to warm up, those whose cost is taken, and for all that matches, others at falling rates. */
export async function measureCapture(
  { pair, sender, object, files, memory }: FloodPlace,
  tool: ToolName,
  kind: FloodKind,
): Promise<CaptureFigures> {
  const warm: Flood = {
    ...kind,
    every: 1,
    id: 0,
    packets: warmPackets,
    rate: 300_000,
    messages: 0,
  };
  const costly = floodsOfCost(kind);
  const ladder = (kind.every === 1 ? rates : rates.slice(0, 1)).map(
    (rate, index): Flood => ({
      ...kind,
      id: costFloods + 1 + index,
      packets: ratePackets,
      rate,
      messages: 0,
    }),
  );
  /** In the file, with a little more: the file system gives memory in pages. */
  const bytesOf = (flood: Flood) => (kind.frameBytes + 32) * matchesOf(flood);
  memory.hold([warm, ...costly, ...ladder].reduce((sum, flood) => sum + bytesOf(flood), 0));
  const file = join(files, 'flood.pcap');
  const running = await startTool(tool, pair, object, file);
  const send = async (flood: Flood) => {
    memory.giveUp(bytesOf(flood));
    const times = await sendFlood(sender, pair, flood);
    await sleep(settleMilliseconds);
    return { flood, times };
  };
  await send(warm);
  const costs: FloodCost[] = [];
  for (const flood of costly) {
    const before = running.processorTime();
    const { times } = await send(flood);
    const processNanoseconds = (running.processorTime() - before) / costPackets;
    costs.push({ times, processNanoseconds });
  }
  const steps: { readonly flood: Flood; readonly times: FloodTimes }[] = [];
  for (const flood of ladder) steps.push(await send(flood));
  await sleep(endMilliseconds);
  const said = await running.stop();
  const counts = countFloods(file, kind.frameBytes);
  rmSync(file);
  const isWhole = ({ id }: Flood, wanted: number) => (counts.get(id) ?? 0) === wanted;
  const lossless = steps.filter(({ flood }) => isWhole(flood, matchesOf(flood)));
  const missing = [...costly, ...ladder].reduce(
    (sum, flood) => sum + matchesOf(flood) - (counts.get(flood.id) ?? 0),
    0,
  );
  if (lossesOf(tool, said) < missing) throw new Error(`${tool} lost ${missing} and says: ${said}`);
  const reached = lossless.map(({ times }) => (ratePackets / times.all) * 1e9);
  return {
    costs,
    rate: reached.length === 0 ? undefined : Math.max(...reached),
  };
}
