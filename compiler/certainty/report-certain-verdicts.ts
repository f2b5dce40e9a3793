import { primitivesOf } from '../2-resolve/checks/primitives.js';
import type * as Resolved from '../ast/resolved.js';
import { diagnose } from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { textOf } from '../diagnostics/source.js';
import type * as Ir from '../ir/nodes.js';
import { certaintyOf, createJudge, type Judge } from './judge.js';
import { isolate, partsOf } from './parts.js';

/** Filters with more primitives are not judged at all, for it would take as long as to compile them. */
const mostPrimitives = 500;

/** Filters with more primitives are judged as a whole only. */
const mostSearched = 200;

/** How many primitives are compiled in all to find the part that is to blame. */
const budget = 2000;

/**
 * A filter, or a part of it, that can never match, or always matches, with the smallest part that is to blame:
 * `port 80 and icmp`, `tcp or ip[0] > 300`. The optimiser finds out, which proves more than libpcap's. What only the link
 * type decides is no reason to complain of a part. `makePrograms` gives the filter's own, after all passes.
 */
export function reportCertainVerdicts(
  source: string,
  filter: Resolved.Formula,
  makePrograms: () => readonly Ir.Program[],
): readonly Diagnostic[] {
  const primitives = primitivesOf(filter);
  if (filter.kind === 'everything' || primitives.length > mostPrimitives) return [];
  const programs = makePrograms();
  const links = programs.map(({ link }) => link);
  const certainty = certaintyOf(programs);
  // Behind a tunnel offsets depend on the packet: nothing can be said of parts without it.
  const isWhole =
    primitives.length > mostSearched || primitives.some(({ kind }) => kind === 'tunnel');
  const search: Search = { source, filter, judge: createJudge(links, isWhole ? 0 : budget) };
  if (certainty === 'never') return reportNever(search, filter);
  if (certainty === 'always') return [always(search, filter)];
  if (isWhole) return [];
  const everywhere = [...new Set<Ir.Link>(['ethernet', ...links])];
  return reportParts({ ...search, judge: createJudge(everywhere, budget) }, filter);
}

interface Search {
  readonly source: string;
  readonly filter: Resolved.Formula;
  readonly judge: Judge;
}

function isNever({ filter, judge }: Search, parts: readonly Resolved.Formula[]): boolean {
  return judge(isolate(filter, parts)) === 'never';
}

/** What is to blame for a formula that never matches. */
function reportNever(search: Search, formula: Resolved.Formula): readonly Diagnostic[] {
  const { operator, operands } = partsOf(formula);
  if (operands.length === 1) return [never(search, operands)];
  const alone = operands.filter((operand) => isNever(search, [operand]));
  if (operator === 'or')
    // Of alternatives all are to blame, unless one rejects whatever the others say.
    return alone.length === 0
      ? [never(search, [formula])]
      : alone.flatMap((operand) => reportNever(search, operand));
  const [first] = alone;
  return first === undefined
    ? [never(search, smallest(search, operands))]
    : reportNever(search, first);
}

/** The operands without those that are not needed for the contradiction. */
function smallest(
  search: Search,
  operands: readonly Resolved.Formula[],
): readonly Resolved.Formula[] {
  return operands.reduce((kept, operand) => {
    const without = kept.filter((each) => each !== operand);
    return without.length > 0 && isNever(search, without) ? without : kept;
  }, operands);
}

/** Parts of a formula that is not certain as a whole. */
function reportParts(search: Search, formula: Resolved.Formula): readonly Diagnostic[] {
  if (formula.kind === 'not') return reportParts(search, formula.operand);
  const { operator, operands } = partsOf(formula);
  if (operands.length === 1) return [];
  return operands.flatMap((operand) => {
    const alone = mayBeCertain(operand)
      ? search.judge(isolate(search.filter, [operand]))
      : undefined;
    if (alone === 'never') return reportNever(search, operand);
    if (alone === 'always') return [always(search, operand)];
    const inside = reportParts(search, operand);
    if (operator === 'or' || inside.length > 0) return inside;
    return reportAlternatives(search, operand, operands);
  });
}

/** Alternatives that contradict what is joined to them by `and`: `icmp` in `tcp and (icmp or port 80)`. */
function reportAlternatives(
  search: Search,
  operand: Resolved.Formula,
  siblings: readonly Resolved.Formula[],
): readonly Diagnostic[] {
  const { operator, operands: alternatives } = partsOf(operand);
  if (operator === 'and') return [];
  const others = siblings.filter((sibling) => sibling !== operand);
  return alternatives.flatMap((alternative) => {
    const together = [...others, alternative].toSorted((a, b) => a.span.start - b.span.start);
    return isNever(search, together) ? [never(search, smallest(search, together))] : [];
  });
}

/** Whether it is worth asking: a lone test of a header has packets that match, and others. */
function mayBeCertain(formula: Resolved.Formula): boolean {
  if (formula.kind === 'not') return mayBeCertain(formula.operand);
  return formula.kind === 'chain' || formula.kind === 'relation';
}

function never({ source }: Search, parts: readonly Resolved.Formula[]): Diagnostic {
  const texts = parts.map(({ span }) => textOf(source, span));
  const span = parts.at(-1)?.span ?? { start: 0, end: source.length };
  return diagnose('never-matches', span, { parts: texts }, parts.map(adviseOn).find(Boolean));
}

function always({ source }: Search, part: Resolved.Formula): Diagnostic {
  return diagnose('always-matches', part.span, { text: textOf(source, part.span) }, adviseOn(part));
}

/** Beyond it no packet has bytes, whatever they are compared with. */
const farthestIndex = 0x80000000;

/** What values there are, for a comparison that asks for others. */
function adviseOn(formula: Resolved.Formula): string | undefined {
  if (formula.kind !== 'relation') return undefined;
  const sides = [formula.left, formula.right];
  if (!sides.some(({ kind }) => kind === 'number')) return undefined;
  const load = sides.find((side) => side.kind === 'load');
  const index = load?.index.kind === 'number' ? load.index.value : 0;
  if (load && load.size < 4 && index < farthestIndex)
    return `a number of ${load.size} ${load.size === 1 ? 'byte' : 'bytes'} is 0 to ${256 ** load.size - 1}`;
  return sides.some(({ kind }) => kind === 'length')
    ? 'numbers have no sign: a length is 0 to 4294967295'
    : undefined;
}
