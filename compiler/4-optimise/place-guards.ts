import type * as Ir from '../ir/nodes.js';
import {
  baseOf,
  blockRequirements,
  isKnown,
  type Known,
  learn,
  meet,
  nothingKnown,
} from '../ir/requirements.js';
import type { Pass } from './pass.js';

/**
 * Make the bounds and divisor checks that a classic BPF load or division does by itself explicit, once a path.
 *
 *     if [12:2] == 0x800 …                   =>  need 14; if [12:2] == 0x800 …
 *     if [12:2] == 1 && …; if [12:2] == 2 …  =>  the second test needs nothing
 *     if ([30:4] - [26:4]) …                 =>  need 34: the larger end covers both
 *
 * Sound because a block has no effect before its test: all checks of one block reject, so their order is free.
 */
export const placeGuards: Pass = {
  name: 'place-guards',
  required: true,
  run: (program) => {
    const entries: (Known | undefined)[] = new Array(program.blocks.length).fill(undefined);
    const flow = (target: Ir.Target, known: Known) => {
      if (typeof target === 'number') entries[target] = meet(entries[target], known);
    };
    flow(program.entry, nothingKnown);
    const blocks = program.blocks.map((block, index) => {
      const entry = entries[index] ?? nothingKnown;
      const needed = blockRequirements(block).filter((guard) => !isKnown(entry, guard));
      const guards = mergeGuards(needed);
      const known = guards.reduce(learn, entry);
      flow(block.whenTrue, known);
      flow(block.whenFalse, known);
      return { ...block, guards };
    });
    return { ...program, guarded: true, blocks };
  },
};

/** One bounds check for each base, at the place of the first, with the furthest end. */
export function mergeGuards(guards: readonly Ir.Guard[]): readonly Ir.Guard[] {
  const merged: Ir.Guard[] = [];
  for (const guard of guards) {
    const same = merged.findIndex(
      (other) =>
        guard.kind === 'bounds' && other.kind === 'bounds' && baseOf(other) === baseOf(guard),
    );
    const other = merged[same];
    if (guard.kind === 'divisor' || other?.kind !== 'bounds') merged.push(guard);
    else merged[same] = { ...other, end: Math.max(other.end, guard.end) };
  }
  return merged;
}
