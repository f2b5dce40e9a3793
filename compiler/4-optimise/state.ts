import type * as Ir from '../ir/nodes.js';
import { isKnown, type Known, learn, meet, nothingKnown } from '../ir/requirements.js';
import { assume, decide, type Facts, mayDecide, meetFacts, noFacts } from './facts.js';

/** What the way to a point has proved of a packet: outcomes of tests, and bytes that it has. */
export interface State {
  readonly facts: Facts;
  readonly known: Known;
}

/** Where every packet starts. */
export const initialState: State = { facts: noFacts, known: nothingKnown };

/** What holds inside a block: its guards have passed. */
export function passGuards(state: State, { guards }: Ir.Block): State {
  const known = guards.reduce(learn, state.known);
  return known === state.known ? state : { ...state, known };
}

/** What holds where a test has come out so. */
export function passTest(state: State, test: Ir.Test, outcome: boolean): State {
  return { ...state, facts: assume(state.facts, test, outcome) };
}

/** What holds at each block, as far as a pass has come from the front. */
export interface States {
  readonly at: (index: number) => State | undefined;
  readonly arrive: (state: State, target: Ir.Target) => void;
}

/** Nothing has arrived anywhere. */
export function trackStates(program: Ir.Program): States {
  const states: (State | undefined)[] = new Array(program.blocks.length).fill(undefined);
  const arrive = (state: State, target: Ir.Target) => {
    if (typeof target === 'number') states[target] = meetStates(states[target], state);
  };
  return { at: (index) => states[index], arrive };
}

/** Whether a packet that leaves a block for this one may find its outcome certain there. */
export function mayFollow(
  program: Ir.Program,
  { facts }: State,
  from: Ir.Block,
  to: Ir.Target,
): boolean {
  const next = typeof to === 'number' ? program.blocks[to] : undefined;
  return next !== undefined && mayDecide(facts, from.test, next.test);
}

/** So many certain outcomes in a row are followed where each block asks, so that long chains stay linear. */
export const fewSteps = 8;

/** Where a packet in this state ends up when it follows only outcomes that are certain, in so many steps at most. */
export function followDecided(
  program: Ir.Program,
  state: State,
  target: Ir.Target,
  steps = Number.POSITIVE_INFINITY,
): Ir.Target {
  let next = target;
  for (let step = 0; typeof next === 'number' && step < steps; step++) {
    const block: Ir.Block | undefined = program.blocks[next];
    if (block === undefined || block.assignments !== undefined) break;
    if (!block.guards.every((guard) => isKnown(state.known, guard))) break;
    const outcome = decide(state.facts, block.test);
    if (outcome === undefined) break;
    next = outcome ? block.whenTrue : block.whenFalse;
  }
  return next;
}

/** What holds whichever of two ways was taken. */
function meetStates(first: State | undefined, second: State): State {
  return {
    facts: meetFacts(first?.facts, second.facts),
    known: meet(first?.known, second.known),
  };
}
