import { constant } from '../ir/build.js';
import { removeUnreachable } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';
import { redirect } from './redirect.js';

/**
 * Remove tests whose outcome does not matter.
 *
 *     need N; if P then reject else reject  =>  reject
 *     if P then b else b                    =>  b
 *     need N; if P then b else b            =>  need N; b
 *
 * A guard can only reject, so it goes with a block that rejects anyway; before anything else it must stay, as must
 * assignments and the tests that can reject by themselves.
 */
export const dropTests: Pass = {
  name: 'drop-tests',
  after: ['thread-jumps'],
  run: (program) => {
    const redirected = redirect(program, (block, follow) => {
      const target = follow(block.whenTrue);
      if (target !== follow(block.whenFalse)) return undefined;
      return target === 'reject' || isEmpty(block) ? target : undefined;
    });
    return removeUnreachable({
      ...redirected,
      blocks: redirected.blocks.map((block) =>
        block.whenTrue === block.whenFalse && block.test.kind !== 'header-chain'
          ? { ...block, test: constant(1) }
          : block,
      ),
    });
  },
};

/** Whether nothing happens in the block but a test that cannot reject. */
function isEmpty({ guards, assignments, test }: Ir.Block): boolean {
  return guards.length === 0 && assignments === undefined && test.kind !== 'header-chain';
}
