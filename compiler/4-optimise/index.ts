import type * as Ir from '../ir/nodes.js';
import { checkEarly } from './check-early.js';
import { dropGuards } from './drop-guards.js';
import { dropImplied } from './drop-implied.js';
import { dropTests } from './drop-tests.js';
import { foldConstants } from './fold-constants.js';
import { gatherAlternatives } from './gather-alternatives.js';
import { mergeBlocks } from './merge-blocks.js';
import { mergeCompares } from './merge-compares.js';
import { mergeRanges } from './merge-ranges.js';
import { orderTests } from './order-tests.js';
import { checkOrder, type Pass, type Report } from './pass.js';
import { placeGuards } from './place-guards.js';
import { raiseGuards } from './raise-guards.js';
import { settleVariables } from './settle-variables.js';
import { shareLoads } from './share-loads.js';
import { threadJumps } from './thread-jumps.js';

/** The passes in order. */
export const passes: readonly Pass[] = checkOrder([
  placeGuards, // first: from here on a load may go, what it proves about the packet's length stays
  foldConstants, // after guards: `ip[0] * 0` loses its load, not its bounds check
  threadJumps, // after folding: more tests are decided
  dropTests, // after threading: what leads nowhere has lost its way back
  mergeBlocks, // after the tests that led to different places are gone
  raiseGuards, // after threading: fewer paths to agree on
  dropGuards, // after the others: clears up what they made superfluous
  checkEarly, // from here on there may be two programs
  dropGuards, // again: early guards made others superfluous
  threadJumps, // again: what stands behind fewer guards
  dropImplied, // after threading: what is left to ask is asked once
  dropTests, // again: tests whose guards have gone
  orderTests, // before merging: values of one field in turn
  mergeRanges, // before gathering: a range is one test
  gatherAlternatives, // before merging: values of one field are a set
  mergeCompares, // after ordering: what is asked one after the other
  mergeBlocks, // again: legs that have become the same
  settleVariables, // nothing removes a read or an assignment any more
  shareLoads, // last: the other passes know no variables that stand for loads
]);

/** What one pass left behind. */
export interface Step {
  readonly pass: string;
  readonly program: Ir.Program;
}

/** Which passes: those that emitters rely on, those that always pay, or also those for quick readers. */
export type Effort = 'required' | 'usual' | 'quick';

/** Run the passes. `onStep` sees the program after each. */
export function optimiseProgram(
  program: Ir.Program,
  effort: Effort,
  onStep: (step: Step) => void = () => {},
  report: Report = () => {},
): Ir.Program {
  return passes
    .filter(
      ({ required, isForQuick }) =>
        required || effort === 'quick' || (effort === 'usual' && !isForQuick),
    )
    .reduce((before, pass) => {
      const after = runPass(pass, before, report);
      onStep({ pass: pass.name, program: after });
      return after;
    }, program);
}

/** The program after the passes that find out what is certain: for who does not want to run it. */
export function decideProgram(program: Ir.Program): Ir.Program {
  return [placeGuards, foldConstants, threadJumps, dropTests].reduce(
    (before, pass) => runPass(pass, before),
    program,
  );
}

/** Run a pass on a program, and on its exact program where it has one. */
export function runPass(
  pass: Pass,
  { exact, ...quick }: Ir.Program,
  report: Report = () => {},
): Ir.Program {
  if (exact === undefined) return pass.run(quick, report);
  return { ...pass.run({ ...quick, exact }, report), exact: pass.run(exact, report) };
}
