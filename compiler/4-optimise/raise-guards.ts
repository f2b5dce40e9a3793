import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';

/**
 * Check early, once, what every way to `accept` will ask for.
 *
 *     need 14; if … then (need 24; …) else reject  =>  need 24; if … then (…) else reject
 *
 * Sound because a packet too short for the later check is rejected either way: by that check, or by a test that
 * leads to `reject`. Only fixed ends rise; an index would have to be computed before it is known to be there.
 */
export const raiseGuards: Pass = {
  name: 'raise-guards',
  after: ['place-guards'],
  run: (program) => {
    // The end that every path from a block to `accept` checks at least; from the last block back.
    const demands = new Array<number>(program.blocks.length).fill(0);
    const demand = (target: Ir.Target) => {
      if (target === 'reject') return Number.POSITIVE_INFINITY;
      return target === 'accept' ? 0 : (demands[target] ?? 0);
    };
    for (let index = program.blocks.length - 1; index >= 0; index--) {
      const block = program.blocks[index] as Ir.Block;
      const later = Math.min(demand(block.whenTrue), demand(block.whenFalse));
      demands[index] = Math.max(fixedEnd(block), later);
    }
    return {
      ...program,
      blocks: program.blocks.map((block, index) => {
        const end = demands[index] ?? 0;
        const own = fixedEnd(block);
        if (own === 0 || end <= own || !Number.isFinite(end)) return block;
        const guards = block.guards.map((guard) => (isFixed(guard) ? { ...guard, end } : guard));
        return { ...block, guards };
      }),
    };
  },
};

function isFixed(guard: Ir.Guard): guard is Ir.BoundsGuard {
  return guard.kind === 'bounds' && guard.index === undefined;
}

/** The furthest fixed end that the block checks; 0 if none. An index guard checks its constant part too. */
function fixedEnd(block: Ir.Block): number {
  return block.guards.filter(isFixed).reduce((end, guard) => Math.max(end, guard.end), 0);
}
