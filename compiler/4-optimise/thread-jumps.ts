import { removeUnreachable } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';
import {
  followDecided,
  initialState,
  passGuards,
  passTest,
  type State,
  trackStates,
} from './state.js';

/**
 * Do not test again what the way here has proved: an edge skips blocks whose outcome is known on it.
 *
 *     a: if T == ip6 then … else b; b: if T == ip …      (only when T was not ip6)
 *     x: if T == ip then (… then a else …)           =>  x: if T == ip then (… then [b's true edge] …)
 *
 * Sound because facts hold on the edge itself, whatever else leads to the skipped block, and a block is skipped
 * only if its guards have passed on the way too. Blocks are visited in order, so all that is known of one is
 * known before it is left.
 */
export const threadJumps: Pass = {
  name: 'thread-jumps',
  after: ['place-guards', 'fold-constants'],
  run: (program, report) => {
    const states = trackStates(program);
    const arrive = (state: State, target: Ir.Target): Ir.Target => {
      const final = followDecided(program, state, target);
      states.arrive(state, final);
      return final;
    };
    const entry = arrive(initialState, program.entry);
    const blocks = program.blocks.map((block, index) => {
      const state = states.at(index);
      if (state === undefined) return block;
      const inside = passGuards(state, block);
      const whenTrue = arrive(passTest(inside, block.test, true), block.whenTrue);
      const whenFalse = arrive(passTest(inside, block.test, false), block.whenFalse);
      if (whenTrue === block.whenTrue && whenFalse === block.whenFalse) return block;
      report('leads past tests whose outcome is known', block.span);
      return { ...block, whenTrue, whenFalse };
    });
    return removeUnreachable({ ...program, entry, blocks });
  },
};
