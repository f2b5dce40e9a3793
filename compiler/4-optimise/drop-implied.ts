import { constant } from '../ir/build.js';
import { removeUnreachable } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';
import {
  fewSteps,
  followDecided,
  initialState,
  mayFollow,
  passGuards,
  passTest,
  type State,
  trackStates,
} from './state.js';

/**
 * Remove a test that a later one repeats: without it a packet takes the other edge, and gets to the same place.
 *
 *     a: if T == ip6 then reject else b; b: if T == ip then c else reject   =>   b
 *
 * Sound because the later tests have a certain outcome for the packets that would have taken the edge, and so no
 * effect but to lead there. The block's guards stay.
 */
export const dropImplied: Pass = {
  name: 'drop-implied',
  after: ['thread-jumps', 'drop-guards'],
  run: (program, report) => {
    const states = trackStates(program);
    states.arrive(initialState, program.entry);
    const blocks = program.blocks.map((block, index) => {
      const state = states.at(index);
      if (state === undefined) return block;
      const inside = passGuards(state, block);
      const only = onlyWay(program, block, inside);
      if (only !== undefined) {
        report('asks what is asked again', block.span);
        states.arrive(inside, only);
        return { ...block, test: constant(1), whenTrue: only, whenFalse: only };
      }
      states.arrive(passTest(inside, block.test, true), block.whenTrue);
      states.arrive(passTest(inside, block.test, false), block.whenFalse);
      return block;
    });
    return removeUnreachable({ ...program, blocks });
  },
};

/** The edge that all packets may take. */
function onlyWay(program: Ir.Program, block: Ir.Block, inside: State): Ir.Target | undefined {
  const { test, whenTrue, whenFalse } = block;
  if (whenTrue === whenFalse || test.kind === 'constant' || test.kind === 'header-chain')
    return undefined;
  const leads = (outcome: boolean, around: Ir.Target, to: Ir.Target) =>
    mayFollow(program, inside, block, around) &&
    followDecided(program, passTest(inside, test, outcome), around, fewSteps) === to;
  if (leads(true, whenFalse, whenTrue)) return whenFalse;
  return leads(false, whenTrue, whenFalse) ? whenTrue : undefined;
}
