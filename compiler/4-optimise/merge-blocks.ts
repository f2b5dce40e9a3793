import { removeUnreachable } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import { printAssignment, printGuard, printTest } from '../ir/print.js';
import type { Pass } from './pass.js';

/**
 * Keep one of several blocks that do the same and lead to the same.
 *
 *     if proto == 6 then a else (if proto == 17 then b else …); a: P then accept else reject; b: the same
 *         =>  if proto == 6 then a else (if proto == 17 then a else …)
 *
 * Sound because a block's outcome depends on its guards, its test and where it leads, and on nothing before it. The
 * last blocks come first: once what follows is shared, what leads there can be.
 */
export const mergeBlocks: Pass = {
  name: 'merge-blocks',
  after: ['thread-jumps', 'drop-tests'],
  run: (program) => {
    const destinations: Ir.Target[] = program.blocks.map((_, index) => index);
    const follow = (target: Ir.Target): Ir.Target =>
      typeof target === 'number' ? (destinations[target] ?? target) : target;
    const blocks = [...program.blocks];
    const first = new Map<string, number>();
    const blockKey = createKeys();
    for (let index = blocks.length - 1; index >= 0; index--) {
      const block = blocks[index] as Ir.Block;
      const moved = {
        ...block,
        whenTrue: follow(block.whenTrue),
        whenFalse: follow(block.whenFalse),
      };
      blocks[index] = moved;
      const key = blockKey(moved);
      const same = first.get(key);
      // The kept block is the later one: edges must lead forward.
      if (same === undefined) first.set(key, index);
      else destinations[index] = same;
    }
    return removeUnreachable({ ...program, entry: follow(program.entry), blocks });
  },
};

/** Texts that are equal for equal blocks; long sets are not printed in full, so each has a number. */
function createKeys(): (block: Ir.Block) => string {
  const numbers = new Map<Ir.Member['set'], number>();
  return ({ guards, assignments = [], test, whenTrue, whenFalse }) => {
    if (test.kind === 'member' && !numbers.has(test.set)) numbers.set(test.set, numbers.size);
    const set = test.kind === 'member' ? numbers.get(test.set) : '';
    const steps = [...guards.map(printGuard), ...assignments.map(printAssignment)];
    return [...steps, printTest(test), set, whenTrue, whenFalse].join(';');
  };
}
