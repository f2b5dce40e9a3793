import { primitivesOf } from '../2-resolve/checks/primitives.js';
import { gatherLists } from '../3-lower/lists.js';
import { lowerFormula } from '../3-lower/lower.js';
import { decideProgram } from '../4-optimise/index.js';
import type * as Resolved from '../ast/resolved.js';
import type * as Ir from '../ir/nodes.js';

/** What is certain of a filter before any packet has been seen; packets too short to be read are left aside. */
export type Certainty = 'never' | 'always';

/** What the programs of one filter have in common, if they leave no choice. */
export function certaintyOf(programs: readonly Ir.Program[]): Certainty | undefined {
  if (programs.every(({ entry }) => entry === 'reject')) return 'never';
  return programs.every((program) => !leadsTo(program, 'reject')) ? 'always' : undefined;
}

function leadsTo({ entry, blocks }: Ir.Program, verdict: Ir.Target): boolean {
  if (entry === verdict) return true;
  return blocks.some(({ whenTrue, whenFalse }) => whenTrue === verdict || whenFalse === verdict);
}

/** Tells the certainty of formulas that are made up to find which part of a filter is to blame. */
export type Judge = (formula: Resolved.Formula) => Certainty | undefined;

/**
 * A judge that compiles what it is asked for, and knows nothing any more once it has compiled `budget` primitives: the
 * search for a culprit must not take longer than the compilation of any sensible filter.
 */
export function createJudge(links: readonly Ir.Link[], budget: number): Judge {
  let left = budget;
  return (formula) => {
    left -= primitivesOf(formula).length * links.length;
    if (left < 0) return undefined;
    const lists = gatherLists(formula);
    const programs: Ir.Program[] = [];
    // Most formulas leave a choice on the first link already.
    for (const link of links) {
      programs.push(decideProgram(lowerFormula(formula, link, lists)));
      if (certaintyOf(programs) === undefined) return undefined;
    }
    return certaintyOf(programs);
  };
}
