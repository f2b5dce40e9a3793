import { execFile } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { type NamespacePair, within } from '../../examples/namespaces.js';

/** Frames that are sent in a row. */
export interface Flood {
  /** Tells floods of one capture apart. */
  readonly id: number;
  readonly frameBytes: number;
  readonly packets: number;
  /** One in so many frames matches; 0: none does. */
  readonly every: number;
  /** Frames per second; 0 is as many as go. */
  readonly rate: number;
  /** Messages that are sent between batches of 32 frames, for comparison. */
  readonly messages: number;
}

/** What a flood took, in nanoseconds. */
export interface FloodTimes {
  /** In system calls that sent frames. */
  readonly sending: number;
  /** In those that sent messages. */
  readonly comparing: number;
  readonly all: number;
}

/** Port that the filter asks for. */
export const floodFilter = 'udp port 7';

const sendingProcessor = 0;

/** Build the sender. */
export async function buildSender(path: string): Promise<void> {
  await promisify(execFile)('clang', ['-O2', '-Wall', '-o', path, 'bench/flood/send.c']);
}

/** Send a flood, before anything else on its processor. */
export async function sendFlood(
  sender: string,
  { near, device }: NamespacePair,
  flood: Flood,
): Promise<FloodTimes> {
  const { frameBytes, packets, every, rate, id, messages } = flood;
  const numbers = [sendingProcessor, frameBytes, packets, every, rate, id, messages];
  const command = ['nice', '-n', '-20', sender, device, ...numbers.map(String)];
  const { stdout } = await promisify(execFile)('ip', within(near, ...command));
  const [sending = 0, comparing = 0, all = 0] = stdout.split(' ').map(Number);
  return { sending, comparing, all };
}

/** How many frames a flood has for the filter. */
export function matchesOf({ packets, every }: Flood): number {
  return every === 0 ? 0 : Math.ceil(packets / every);
}

const fileHeaderBytes = 24;
const recordHeaderBytes = 16;
/** Behind Ethernet, IPv4 and UDP: the frame's number, then the flood's. */
const numberOffset = recordHeaderBytes + 42;

/**
 * How many frames of each flood a capture file holds, whole and with the bytes that were sent, as far as numbers tell:
 * a frame that is there twice, or out of its order, makes it throw.
 */
export function countFloods(path: string, frameBytes: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const last = new Map<number, number>();
  const recordBytes = recordHeaderBytes + frameBytes;
  const buffer = Buffer.allocUnsafeSlow(recordBytes * 4096);
  const fd = openSync(path, 'r');
  try {
    for (let at = fileHeaderBytes; ; ) {
      const read = readSync(fd, buffer, 0, buffer.length, at);
      if (read === 0) return counts;
      if (read % recordBytes !== 0) throw new Error(`${path} holds other packets, or ends in one`);
      for (let record = 0; record < read; record += recordBytes) {
        const number = buffer.readUInt32BE(record + numberOffset);
        const flood = buffer.readUInt32BE(record + numberOffset + 4);
        if (
          buffer.readUInt32LE(record + 8) !== frameBytes ||
          number <= (last.get(flood) ?? -1) ||
          buffer[record + recordBytes - 1] !== 0x5a
        )
          throw new Error(`${path} holds a packet that was not sent: ${flood}, ${number}`);
        last.set(flood, number);
        counts.set(flood, (counts.get(flood) ?? 0) + 1);
      }
      at += read;
    }
  } finally {
    closeSync(fd);
  }
}
