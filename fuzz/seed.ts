import { type Random, seededRandom } from '../test/packets/random.js';

/**
 * The random numbers of one case: they depend on the seed, the case's number and the purpose alone, so that a case
 * can be made again without those before it.
 */
export function caseRandom(seed: number, number: number, purpose: 'filter' | 'packets'): Random {
  const salt = purpose === 'filter' ? 0x9e3779b9 : 0x85ebca6b;
  return seededRandom(scramble(scramble(seed ^ salt) + number));
}

/** Neighbouring numbers to numbers far apart (the finaliser of MurmurHash3). */
function scramble(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** True `percent` times of a hundred. */
export function chance(random: Random, percent: number): boolean {
  return random(100) < percent;
}
