import { removeUnreachable } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import { isKnown, type Known, learn, meet, nothingKnown } from '../ir/requirements.js';
import { assume, decide, type Facts, meetFacts, noFacts } from './facts.js';
import type { Pass } from './pass.js';

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
    const states: (State | undefined)[] = new Array(program.blocks.length).fill(undefined);
    const arrive = (state: State, target: Ir.Target): Ir.Target => {
      const final = skipDecided(program, state, target);
      if (typeof final === 'number') states[final] = meetStates(states[final], state);
      return final;
    };
    const entry = arrive({ facts: noFacts, known: nothingKnown }, program.entry);
    const blocks = program.blocks.map((block, index) => {
      const state = states[index];
      if (state === undefined) return block;
      const known = block.guards.reduce(learn, state.known);
      const whenTrue = arrive(
        { known, facts: assume(state.facts, block.test, true) },
        block.whenTrue,
      );
      const whenFalse = arrive(
        { known, facts: assume(state.facts, block.test, false) },
        block.whenFalse,
      );
      if (whenTrue === block.whenTrue && whenFalse === block.whenFalse) return block;
      report('leads past tests whose outcome is known', block.span);
      return { ...block, whenTrue, whenFalse };
    });
    return removeUnreachable({ ...program, entry, blocks });
  },
};

interface State {
  readonly facts: Facts;
  readonly known: Known;
}

function meetStates(first: State | undefined, second: State): State {
  return {
    facts: meetFacts(first?.facts, second.facts),
    known: meet(first?.known, second.known),
  };
}

/** Where a packet in this state ends up when it follows only outcomes that are certain. */
function skipDecided(program: Ir.Program, state: State, target: Ir.Target): Ir.Target {
  let next = target;
  while (typeof next === 'number') {
    const block: Ir.Block | undefined = program.blocks[next];
    if (block === undefined || block.assignments !== undefined) break;
    if (!block.guards.every((guard) => isKnown(state.known, guard))) break;
    const outcome = decide(state.facts, block.test);
    if (outcome === undefined) break;
    next = outcome ? block.whenTrue : block.whenFalse;
  }
  return next;
}
