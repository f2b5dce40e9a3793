import { invariant } from '../diagnostics/invariant.js';
import type { Span } from '../diagnostics/span.js';
import { compare, constant } from '../ir/build.js';
import { createGraph } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';

/**
 * A boolean over one packet, between the formula and the decision graph: tests joined by `and`, `or` and `not`,
 * evaluated left to right with short circuit.
 */
export type Condition = TestCondition | Assign | Constant | Not | Chain;

export interface TestCondition {
  readonly kind: 'test';
  readonly test: Ir.Compare | Ir.Member | Ir.HeaderChain;
  readonly span: Span;
}

/** Holds always, and gives variables their values on the way. */
export interface Assign {
  readonly kind: 'assign';
  readonly assignments: readonly Ir.Assignment[];
  readonly span: Span;
}

export interface Constant {
  readonly kind: 'constant';
  readonly value: boolean;
  readonly span: Span;
}

export interface Not {
  readonly kind: 'not';
  readonly operand: Condition;
}

/** Equal precedence, associates to the left: `a or b and c` is `(a or b) and c`. */
export interface Chain {
  readonly kind: 'chain';
  readonly first: Condition;
  readonly rest: readonly Link[];
}

interface Link {
  readonly operator: 'and' | 'or';
  readonly operand: Condition;
}

/** A condition that is one comparison. */
export function test(
  span: Span,
  operator: Ir.CompareOperator,
  left: Ir.Expression,
  right: Ir.Expression | number,
): Condition {
  const value = typeof right === 'number' ? constant(right) : right;
  return { kind: 'test', test: compare(operator, left, value), span };
}

/** A condition that is one question whether a number of one to four words is in a set. */
export function isIn(
  span: Span,
  values: readonly Ir.Expression[],
  set: Ir.Member['set'],
): Condition {
  return { kind: 'test', test: { kind: 'member', values, set }, span };
}

/** A condition that is one walk over a chain of headers. */
export function inChain(span: Span, chain: Ir.HeaderChain): Condition {
  return { kind: 'test', test: chain, span };
}

/** Give variables their values, in this order. */
export function assign(
  span: Span,
  ...pairs: readonly (readonly [variable: Ir.Variable, value: Ir.Expression])[]
): Condition {
  return {
    kind: 'assign',
    assignments: pairs.map(([variable, value]) => ({ variable, value })),
    span,
  };
}

/** A condition that is the same for every packet of this link. */
export function always(span: Span, value: boolean): Condition {
  return { kind: 'constant', value, span };
}

/** The opposite; a constant turns into the other constant. */
export function not(operand: Condition): Condition {
  if (operand.kind === 'constant') return { ...operand, value: !operand.value };
  if (operand.kind === 'not') return operand.operand;
  return { kind: 'not', operand };
}

/** All of them, in this order. */
export function all(...conditions: readonly Condition[]): Condition {
  return join('and', conditions);
}

/** At least one of them, in this order. */
export function any(...conditions: readonly Condition[]): Condition {
  return join('or', conditions);
}

function join(operator: 'and' | 'or', conditions: readonly Condition[]): Condition {
  const [first, ...rest] = conditions;
  invariant(first !== undefined, 'a condition of nothing');
  return chain(
    first,
    rest.map((operand) => ({ operator, operand })),
  );
}

/**
 * A chain without the constants that the link type decided, and without the loads beside them:
 *
 *     P and false => false    P and true => P    P or true => true    P or false => P
 *
 * libpcap 1.11 drops them at code generation (gen_and, gen_or), so a truncated packet can tell.
 */
export function chain(first: Condition, rest: readonly Link[]): Condition {
  let head = first;
  let tail: Link[] = [];
  for (const { operator, operand } of rest) {
    const neutral = operator === 'and';
    const whole = tail.length === 0 ? head : undefined;
    if (operand.kind === 'constant') {
      if (operand.value === neutral) continue;
      head = operand;
      tail = [];
    } else if (whole?.kind === 'constant') {
      if (whole.value === neutral) head = operand;
    } else {
      tail.push({ operator, operand });
    }
  }
  return tail.length === 0 ? head : { kind: 'chain', first: head, rest: tail };
}

/** The decision graph of a condition: accept where it holds, reject where it does not. */
export function buildProgram(link: Ir.Link, condition: Condition): Ir.Program {
  const graph = createGraph();
  const build = (part: Condition, whenTrue: Ir.Target, whenFalse: Ir.Target): Ir.Target => {
    switch (part.kind) {
      case 'constant':
        return part.value ? whenTrue : whenFalse;
      case 'not':
        return build(part.operand, whenFalse, whenTrue);
      case 'test':
        return graph.add({ guards: [], test: part.test, whenTrue, whenFalse, span: part.span });
      case 'assign':
        return graph.add({
          guards: [],
          assignments: part.assignments,
          test: constant(1),
          whenTrue,
          whenFalse: whenTrue,
          span: part.span,
        });
      case 'chain': {
        // From the right: where to go once the operands up to here are known to hold, or not to.
        let holds = whenTrue;
        let fails = whenFalse;
        for (let position = part.rest.length - 1; position >= 0; position--) {
          const { operator, operand } = part.rest[position] as Link;
          const entry = build(operand, holds, fails);
          if (operator === 'and') holds = entry;
          else fails = entry;
        }
        return build(part.first, holds, fails);
      }
    }
  };
  return graph.finish(link, build(condition, 'accept', 'reject'));
}
