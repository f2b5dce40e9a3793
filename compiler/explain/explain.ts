import { primitivesOf } from '../2-resolve/checks/primitives.js';
import { lowerFormula } from '../3-lower/lower.js';
import type * as Resolved from '../ast/resolved.js';
import type { Span } from '../diagnostics/span.js';
import type * as Ir from '../ir/nodes.js';
import { describePrimitive } from './describe.js';
import { layersOf } from './layers.js';
import { type Read, readsOf } from './reads.js';
import { writeFormula, writePrimitive } from './write-formula.js';

/** A filter as the compiler understood it. */
export interface Explanation {
  /** In its own language, with everything spelt out; empty for the filter that accepts everything. */
  readonly filter: string;
  /** How packets start that the offsets are about. */
  readonly link: Ir.Link;
  readonly terms: Item;
}

/** A formula in words. */
export type Item = Group | Term;

/** What must all hold, or any of it, or not at all; in the order in which it is tried. */
export interface Group {
  readonly kind: 'all of' | 'any of' | 'not';
  readonly items: readonly Item[];
}

/** One primitive. */
export interface Term {
  readonly kind: 'term';
  readonly filter: string;
  readonly meaning: string;
  readonly reads: readonly Read[];
  /** Where the text asks for it. */
  readonly span: Span;
}

/** Explain a formula for packets that start this way: what it means, and what each term reads. */
export function explainFormula(formula: Resolved.Formula, link: Ir.Link): Explanation {
  const layers = layersOf(primitivesOf(formula), link);
  const reads = readsOf(lowerFormula(formula, link), layers);
  return {
    filter: writeFormula(formula),
    link,
    terms: explainItem(formula, (primitive) => reads.get(primitive) ?? []),
  };
}

type ReadsOf = (primitive: Resolved.Primitive) => readonly Read[];

function explainItem(formula: Resolved.Formula, reads: ReadsOf): Item {
  switch (formula.kind) {
    case 'chain':
      return explainChain(formula, reads);
    case 'not':
      return { kind: 'not', items: [explainItem(formula.operand, reads)] };
    default:
      return {
        kind: 'term',
        filter: writePrimitive(formula),
        meaning: describePrimitive(formula),
        reads: reads(formula),
        span: formula.span,
      };
  }
}

/** `a or b and c` is all of: any of a and b; c. */
function explainChain({ first, rest }: Resolved.Chain, reads: ReadsOf): Item {
  let kind: 'all of' | 'any of' | undefined;
  let items: Item[] = [explainItem(first, reads)];
  for (const { operator, operand } of rest) {
    const next = operator === 'and' ? 'all of' : 'any of';
    if (kind !== undefined && kind !== next) items = [{ kind, items }];
    kind = next;
    items.push(explainItem(operand, reads));
  }
  return kind === undefined ? { kind: 'all of', items } : { kind, items };
}
