import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { type CapturedPacket, readCapture } from '../../compiler/index.js';

/** As multisets: with two processors packets may pass two observers in different order. */
export function assertSamePackets(
  hook: string,
  packets: readonly CapturedPacket[],
  reference: readonly CapturedPacket[],
): void {
  assert.is(packets.length, reference.length, `${hook}: number of packets`);
  const texts = (list: readonly CapturedPacket[]) =>
    list.map(({ bytes, length }) => `${length} ${Buffer.from(bytes).toString('hex')}`).sort();
  const ours = texts(packets);
  for (const [index, text] of texts(reference).entries()) assert.is(ours[index], text, hook);
}

/** All packets of a capture file. */
export function readPackets(file: string): readonly CapturedPacket[] {
  const capture = readCapture(new Uint8Array(readFileSync(file)));
  if (!capture.ok) throw new Error(`${file}: ${capture.mistakes[0]?.message}`);
  return capture.value.packets;
}

/** Run a command; throws with its messages if it fails. */
export function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
