import { execFile } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { settleMilliseconds } from '../flood/capture.js';
import { type Flood, sendFlood } from '../flood/floods.js';
import type { FloodPlace } from '../flood/place.js';
import {
  capturingProcessor,
  lossesOf,
  type RunningTool,
  startTool,
  type ToolName,
} from '../flood/tools.js';
import { type Figure, measure } from '../measure.js';

/** One round: what a packet took from the moment at which the tool went on, in nanoseconds. */
export interface Round {
  /** Until the last one was in the file. */
  readonly wall: number;
  /** The tool's own processor time. */
  readonly process: number;
  /** Memory of the tool afterwards. */
  readonly residentBytes: number;
}

/** What a tool showed in all rounds. */
export interface Drained {
  readonly rounds: readonly Round[];
  readonly packets: number;
  /** By what the tool says. */
  readonly lost: number;
}

const frameBytes = 128;
/** As many as both tools have room for. */
const roundPackets = 60_000;
const rounds = 18;
/** More than any of the files has for a packet. */
const filePacketBytes = 320;

/**
 * Have a tool capture to a file, but stop it each time before packets come, so that they wait in its ring, and let it go
 * on when all are there.
 */
export async function drain(place: FloodPlace, tool: ToolName, file: string): Promise<Drained> {
  const { pair, sender, object, memory } = place;
  memory.hold(filePacketBytes * roundPackets * rounds);
  const running = await startTool(tool, pair, object, file);
  const results: Round[] = [];
  for (let id = 0; id < rounds; id++) {
    const flood: Flood = { id, frameBytes, packets: roundPackets, every: 1, rate: 0, messages: 0 };
    running.pause();
    await sendFlood(sender, pair, flood);
    memory.giveUp(filePacketBytes * roundPackets);
    results.push(await drainOnce(running, file));
  }
  await sleep(settleMilliseconds);
  const said = await running.stop();
  return { rounds: results, packets: roundPackets * rounds, lost: lossesOf(tool, said) };
}

/** After so long without more, all is in the file. tcpdump keeps a part of a page for later. */
const silentMilliseconds = 100;
/** And after so long, if none comes. */
const mostMilliseconds = 3000;

async function drainOnce(running: RunningTool, file: string): Promise<Round> {
  const processorTime = running.processorTime();
  let size = statSync(file).size;
  let last: number | undefined;
  const start = performance.now();
  running.resume();
  for (;;) {
    const now = performance.now();
    const { size: larger } = statSync(file);
    if (larger > size) last = now;
    else if (now - (last ?? start) > (last === undefined ? mostMilliseconds : silentMilliseconds))
      break;
    size = larger;
  }
  await sleep(settleMilliseconds);
  return {
    wall: (((last ?? Number.NaN) - start) * 1e6) / roundPackets,
    process: (running.processorTime() - processorTime) / roundPackets,
    residentBytes: running.residentBytes(),
  };
}

/** Nanoseconds per packet of tcpdump that reads a file and writes another. */
export async function copyFile({ memory }: FloodPlace, file: string): Promise<Figure> {
  const { size } = statSync(file);
  const packets = roundPackets * rounds;
  const copy = `${file}-copy`;
  const command = ['-n', '-20', 'taskset', '-c', capturingProcessor, 'tcpdump', '-Z', 'root'];
  const { median, quartiles, runs } = await measure(async () => {
    rmSync(copy, { force: true });
    memory.hold(size);
    memory.giveUp(size);
    await promisify(execFile)('nice', [...command, '-r', file, '-w', copy]);
  });
  const perPacket = (milliseconds: number) => (milliseconds * 1e6) / packets;
  return {
    median: perPacket(median),
    quartiles: [perPacket(quartiles[0]), perPacket(quartiles[1])],
    runs,
  };
}
