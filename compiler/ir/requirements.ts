import { blockExpressions, expressionKey, visitExpression } from './children.js';
import type * as Ir from './nodes.js';
import { rangeOf } from './range.js';

/** The guards that evaluating these expressions calls for, in evaluation order, each once. */
export function requirements(expressions: readonly Ir.Expression[]): readonly Ir.Guard[] {
  const guards = new Map<string, Ir.Guard>();
  const add = (guard: Ir.Guard) => {
    const key = guardKey(guard);
    if (!guards.has(key)) guards.set(key, guard);
  };
  for (const expression of expressions) {
    visitExpression(expression, (part) => {
      if (part.kind === 'load') {
        const end = part.offset + part.width;
        add(
          part.index === undefined
            ? { kind: 'bounds', end }
            : { kind: 'bounds', index: part.index, end },
        );
      } else if (part.kind === 'slice' || (part.kind === 'variable' && part.of !== undefined)) {
        for (const guard of requirements([part.of as Ir.Expression])) add(guard);
      } else if (part.kind === 'binary' && (part.operator === '/' || part.operator === '%')) {
        if (rangeOf(part.right).min === 0) add({ kind: 'divisor', divisor: part.right });
      }
    });
  }
  return [...guards.values()];
}

/** What a block needs for what it assigns and tests; what stands for an expression may be assigned without. */
export function blockRequirements({ assignments = [], ...block }: Ir.Block): readonly Ir.Guard[] {
  const own = assignments.filter(({ variable }) => variable.of === undefined);
  return requirements(blockExpressions({ ...block, assignments: own }));
}

/** Whether a packet that fails the guard is left to the exact program. */
export function isEarly(guard: Ir.Guard): boolean {
  return guard.kind === 'bounds' && guard.early === true;
}

/** A text that is equal for equal guards. */
export function guardKey(guard: Ir.Guard): string {
  return guard.kind === 'divisor' ? expressionKey(guard.divisor) : `${baseOf(guard)}+${guard.end}`;
}

/** What a bounds guard or a load counts from: the text of its index, or empty for fixed offsets. */
export function baseOf({ index }: Pick<Ir.Load, 'index'>): string {
  return index === undefined ? '' : expressionKey(index);
}

/**
 * What is known to hold at a point of the program: for each base the furthest end that has been checked, and the
 * divisors known not to be 0.
 */
export interface Known {
  readonly ends: ReadonlyMap<string, number>;
  readonly divisors: ReadonlySet<string>;
}

/** Nothing is known. */
export const nothingKnown: Known = { ends: new Map(), divisors: new Set() };

/** Whether the guard cannot fail. An index guard is wider than the fixed guard of its constant part. */
export function isKnown(known: Known, guard: Ir.Guard): boolean {
  if (guard.kind === 'divisor') return known.divisors.has(expressionKey(guard.divisor));
  return (known.ends.get(baseOf(guard)) ?? 0) >= guard.end;
}

/** What is known after the guard has passed. */
export function learn(known: Known, guard: Ir.Guard): Known {
  if (isKnown(known, guard)) return known;
  if (guard.kind === 'divisor')
    return { ...known, divisors: new Set(known.divisors).add(expressionKey(guard.divisor)) };
  const ends = new Map(known.ends).set(baseOf(guard), guard.end);
  // index + end <= captured implies end <= captured: an index is never negative.
  if ((ends.get('') ?? 0) < guard.end) ends.set('', guard.end);
  return { ...known, ends };
}

/** What holds whichever of two ways was taken. */
export function meet(first: Known | undefined, second: Known): Known {
  if (first === undefined || first === second) return second;
  const ends = new Map<string, number>();
  for (const [base, end] of first.ends) {
    const other = second.ends.get(base);
    if (other !== undefined) ends.set(base, Math.min(end, other));
  }
  return { ends, divisors: new Set([...first.divisors].filter((key) => second.divisors.has(key))) };
}

/** What is known on entry to each block, given the guards that are in the program. Undefined: not reachable. */
export function knownOnEntry(program: Ir.Program): readonly (Known | undefined)[] {
  const entries: (Known | undefined)[] = new Array(program.blocks.length).fill(undefined);
  const flow = (target: Ir.Target, known: Known) => {
    if (typeof target === 'number') entries[target] = meet(entries[target], known);
  };
  flow(program.entry, nothingKnown);
  program.blocks.forEach((block, index) => {
    const entry = entries[index];
    if (entry === undefined) return;
    const known = block.guards.reduce(learn, entry);
    flow(block.whenTrue, known);
    flow(block.whenFalse, known);
  });
  return entries;
}
