import { constant } from '../ir/build.js';
import { removeUnreachable } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';
import {
  followDecided,
  initialState,
  mayFollow,
  meetStates,
  type State,
  stateBehind,
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
    const states: (State | undefined)[] = new Array(program.blocks.length).fill(undefined);
    const arrive = (state: State, target: Ir.Target) => {
      if (typeof target === 'number') states[target] = meetStates(states[target], state);
    };
    arrive(initialState, program.entry);
    const blocks = program.blocks.map((block, index) => {
      const state = states[index];
      if (state === undefined) return block;
      const only = onlyWay(program, block, state);
      if (only !== undefined) {
        report('asks what is asked again', block.span);
        arrive({ ...stateBehind(state, block, true), facts: state.facts }, only);
        return { ...block, test: constant(1), whenTrue: only, whenFalse: only };
      }
      arrive(stateBehind(state, block, true), block.whenTrue);
      arrive(stateBehind(state, block, false), block.whenFalse);
      return block;
    });
    return removeUnreachable({ ...program, blocks });
  },
};

/** The edge that all packets may take. */
function onlyWay(program: Ir.Program, block: Ir.Block, state: State): Ir.Target | undefined {
  const { test, whenTrue, whenFalse } = block;
  if (whenTrue === whenFalse || test.kind === 'constant' || test.kind === 'header-chain')
    return undefined;
  const leads = (outcome: boolean, around: Ir.Target, to: Ir.Target) =>
    mayFollow(program, state, block, around) &&
    followDecided(program, stateBehind(state, block, outcome), around, mostSteps) === to;
  if (leads(true, whenFalse, whenTrue)) return whenFalse;
  return leads(false, whenTrue, whenFalse) ? whenTrue : undefined;
}

/** So many certain outcomes in a row are followed, so that long chains stay linear. */
const mostSteps = 8;
