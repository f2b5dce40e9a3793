import type * as Ir from '../ir/nodes.js';
import { dropGuards } from './drop-guards.js';
import { dropTests } from './drop-tests.js';
import { foldConstants } from './fold-constants.js';
import { mergeBlocks } from './merge-blocks.js';
import { checkOrder, type Pass, type Report } from './pass.js';
import { placeGuards } from './place-guards.js';
import { raiseGuards } from './raise-guards.js';
import { settleVariables } from './settle-variables.js';
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
  settleVariables, // last: nothing removes a read or an assignment any more
]);

/** What one pass left behind. */
export interface Step {
  readonly pass: string;
  readonly program: Ir.Program;
}

/** Run the passes; without `optimise` only those that emitters rely on. `onStep` sees the program after each. */
export function optimiseProgram(
  program: Ir.Program,
  optimise: boolean,
  onStep: (step: Step) => void = () => {},
  report: Report = () => {},
): Ir.Program {
  return passes
    .filter((pass) => optimise || pass.required)
    .reduce((before, pass) => {
      const after = pass.run(before, report);
      onStep({ pass: pass.name, program: after });
      return after;
    }, program);
}
