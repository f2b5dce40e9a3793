import { binary, compare, constant } from '../ir/build.js';
import { equalExpressions } from '../ir/children.js';
import { countEntries, removeUnreachable } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';

/**
 * Ask for both ends of a range at once.
 *
 *     a: if x >= 20 then b else r; b: if x <= 30 then c else r   =>   a: if x - 20 <= 10 then c else r
 *
 * Sound because what is below the range wraps around to above it.
 */
export const mergeRanges: Pass = {
  name: 'merge-ranges',
  after: ['drop-guards', 'order-tests'],
  run: (program) => {
    const entries = countEntries(program);
    const blocks = program.blocks.map((block) => {
      const next = typeof block.whenTrue === 'number' ? program.blocks[block.whenTrue] : undefined;
      if (next === undefined || entries[block.whenTrue as number] !== 1) return block;
      if (next.guards.length > 0 || next.assignments || next.whenFalse !== block.whenFalse)
        return block;
      const test = joinEnds(block.test, next.test);
      return test === undefined ? block : { ...block, test, whenTrue: next.whenTrue };
    });
    return removeUnreachable({ ...program, blocks });
  },
};

function joinEnds(first: Ir.Test, second: Ir.Test): Ir.Test | undefined {
  if (first.kind !== 'compare' || second.kind !== 'compare') return undefined;
  const { left, right: low } = first;
  const { right: high } = second;
  if (first.operator !== '>=' || second.operator !== '<=') return undefined;
  if (low.kind !== 'constant' || high.kind !== 'constant' || low.value > high.value)
    return undefined;
  if (!equalExpressions(left, second.left)) return undefined;
  return compare('<=', binary('-', left, low), constant(high.value - low.value));
}
