import { primitivesOf } from '../2-resolve/checks/primitives.js';
import type * as Resolved from '../ast/resolved.js';
import type { Span } from '../diagnostics/span.js';

/** The operands of the `and` or the `or` that a formula is, or the formula alone. */
export interface Parts {
  readonly operator: 'and' | 'or';
  readonly operands: readonly Resolved.Formula[];
}

/** `a or b and c` is `and` of `a or b` and `c`; of a primitive or a `not` the one operand is itself. */
export function partsOf(formula: Resolved.Formula): Parts {
  if (formula.kind !== 'chain') return { operator: 'and', operands: [formula] };
  const { first, rest } = formula;
  const operator = rest.at(-1)?.operator ?? 'and';
  const before = rest.findLastIndex((link) => link.operator !== operator) + 1;
  const head = makeChain(first, rest.slice(0, before));
  return { operator, operands: [head, ...rest.slice(before).map(({ operand }) => operand)] };
}

/** A chain, or `first` alone. */
function makeChain(first: Resolved.Formula, rest: Resolved.Chain['rest']): Resolved.Formula {
  const last = rest.at(-1);
  if (last === undefined) return first;
  return {
    kind: 'chain',
    first,
    rest,
    span: { start: first.span.start, end: last.operand.span.end },
  };
}

/**
 * Some parts of a filter joined by `and`, without the rest. Encapsulations of the rest stay, asking nothing, because they
 * move what is on their right: `(vlan or true) and ip`.
 */
export function isolate(
  filter: Resolved.Formula,
  parts: readonly Resolved.Formula[],
): Resolved.Formula {
  const headers = primitivesOf(filter).filter(isHeader);
  const outside = headers.filter(({ span }) => !parts.some((part) => covers(part.span, span)));
  const [first, ...rest] = [...parts, ...outside.map(neutralise)].toSorted(
    (a, b) => a.span.start - b.span.start,
  );
  if (first === undefined) return filter;
  return makeChain(
    first,
    rest.map((operand) => ({ operator: 'and', operand })),
  );
}

function isHeader({ kind }: Resolved.Primitive): boolean {
  return kind === 'vlan' || kind === 'mpls' || kind === 'pppoe-session';
}

function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function neutralise(header: Resolved.Primitive): Resolved.Formula {
  const { span } = header;
  return makeChain(header, [{ operator: 'or', operand: { kind: 'everything', span } }]);
}
