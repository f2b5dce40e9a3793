import { pick, type Random, randomBytes } from '../../test/packets/random.js';
import type { Draft } from '../program.js';
import { chance } from '../seed.js';
import { type Constants, near } from './constants.js';

/** Change bytes at random: any value, a neighbour, one bit. */
export function mutateBytes(random: Random, draft: Draft): void {
  const bytes = draft.bytes.slice();
  for (let count = 1 + random(4); count > 0 && bytes.length > 0; count--) {
    const at = random(chance(random, 70) ? Math.min(bytes.length, 60) : bytes.length);
    const value = bytes[at] ?? 0;
    bytes[at] = pick(random, [random(256), value + 1, value - 1, value ^ (1 << random(8))]);
  }
  draft.bytes = bytes;
}

/** Keep fewer bytes: up to around the end of one of the filter's loads, or any number up to 100. */
export function cutBytes(random: Random, draft: Draft, ends: readonly number[]): void {
  const end = ends[random(ends.length)];
  const kept = end !== undefined && chance(random, 70) ? end + random(3) - 1 : random(101);
  draft.bytes = draft.bytes.slice(0, Math.max(0, kept));
}

/** A length on the wire that is not what was captured: around the filter's numbers, longer, absurd. */
export function changeLength(random: Random, draft: Draft, { numbers }: Constants): void {
  switch (random(4)) {
    case 0:
      draft.wireLength = draft.bytes.length + random(1500);
      break;
    case 1:
      draft.wireLength = pick(random, [0, 1, 65535, 0x7fffffff, 0x80000000, 0xffffffff]);
      break;
    default:
      draft.wireLength = near(random, numbers, 2 ** 32);
  }
}

/** Bytes without any order. */
export function noise(random: Random): Uint8Array {
  return chance(random, 30) ? new Uint8Array(random(101)) : randomBytes(random, random(101));
}
