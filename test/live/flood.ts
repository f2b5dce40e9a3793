import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSender, floodFilter } from '../../bench/flood/floods.js';
import { createNamespaces, type NamespacePair, within } from '../../examples/namespaces.js';
import { type Running, startNetcap } from '../runtime/cli/netcap.js';
import { inFolder, writeObject } from '../runtime/objects.js';
import { readPackets } from './compare.js';

/** Frames of one sender, all of which match. */
export interface Frames {
  readonly packets: number;
  /** CPU of the sender, and with that of what happens at the hooks. */
  readonly processor: number;
  /** Frames per second; left out, as many as go. */
  readonly rate?: number;
}

/** Where captures are flooded: what is sent in one namespace comes in through the interface of the other. */
export interface FloodedPlace {
  readonly folder: string;
  readonly pair: NamespacePair;
  /** A capture of the receiving interface, once it is attached. */
  start(hooks: readonly string[], ...args: readonly string[]): Promise<Running>;
  /** Send frames, each by a process of its own, and wait for them. */
  flood(...all: readonly Frames[]): Promise<void>;
}

const frameBytes = 128;

/** A pair of namespaces, a sender and an object that are there while `body` runs. */
export async function inFlood(body: (place: FloodedPlace) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const sender = join(folder, 'send');
    await buildSender(sender);
    const object = await writeObject(folder, floodFilter);
    const pair = createNamespaces();
    const started: Running[] = [];
    let floods = 0;
    try {
      await body({
        folder,
        pair,
        start: async (hooks, ...args) => {
          const place = ['--hook', hooks.join(), '-i', pair.device];
          const running = startNetcap(['run', object, ...place, ...args], pair.far);
          started.push(running);
          await running.said(`attached ${hooks.at(-1)}`);
          return running;
        },
        flood: async (...all) => {
          await Promise.all(all.map((frames) => send(sender, pair, frames, floods++)));
        },
      });
    } finally {
      for (const { child } of started) if (child.exitCode === null) child.kill('SIGKILL');
      pair.remove();
    }
  });
}

async function send(
  sender: string,
  pair: NamespacePair,
  frames: Frames,
  id: number,
): Promise<void> {
  const { packets, processor, rate = 0 } = frames;
  const numbers = [processor, frameBytes, packets, 1, rate, id, 0].map(String);
  await promisify(execFile)('ip', within(pair.near, sender, pair.device, ...numbers));
}

/** Which frame each packet of a file is. */
export function floodOf(file: string): readonly string[] {
  // Behind Ethernet, IPv4 and UDP: the frame's number, then the sender's.
  return readPackets(file).map(({ bytes }) => Buffer.from(bytes.subarray(42, 50)).toString('hex'));
}

/** The figures of a line of the summary or of `--stats`, by their names: `10 seen, 7 matched (+1)`. */
export function figuresOf(line: string): Readonly<Record<string, number>> {
  const found = line.matchAll(
    /(\d+) (?:packets )?(seen|matched|written|truncated|lost|left out|missed)\b/g,
  );
  return Object.fromEntries([...found].map(([, figure, name]) => [name, Number(figure)]));
}
