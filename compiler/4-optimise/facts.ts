import { expressionKey } from '../ir/children.js';
import { oppositeOperator } from '../ir/evaluate.js';
import type * as Ir from '../ir/nodes.js';
import { decideCompare, type Range, rangeOf } from '../ir/range.js';

/**
 * What the tests on the way to a point have proved: for each expression compared with a number, the range its
 * value is in and a few values in that range it does not have.
 */
export type Facts = ReadonlyMap<string, Fact>;

interface Fact extends Range {
  readonly except: readonly number[];
}

/** Beyond this many exclusions a fact only keeps its range, so that long lists of hosts stay linear. */
const mostExceptions = 8;

/** Beyond this many expressions no other is kept track of, so that long lists of fields stay linear. */
const mostFacts = 64;

/** Nothing proved. */
export const noFacts: Facts = new Map();

/** The outcome of a test as far as the facts tell. */
export function decide(facts: Facts, test: Ir.Test): boolean | undefined {
  if (test.kind === 'constant') return test.value !== 0;
  if (test.kind !== 'compare') return undefined;
  if (test.right.kind !== 'constant') return undefined;
  const fact = facts.get(expressionKey(test.left));
  if (fact === undefined) return undefined;
  const { value } = test.right;
  if (fact.except.includes(value)) {
    if (test.operator === '==') return false;
    if (test.operator === '!=') return true;
  }
  return decideCompare(test.operator, fact, { min: value, max: value });
}

/** Whether the outcome of one test, with what is known already, may say anything about the other: quick to tell. */
export function mayDecide(facts: Facts, first: Ir.Test, second: Ir.Test): boolean {
  if (second.kind !== 'compare') return second.kind === 'constant';
  const key = expressionKey(second.left);
  return facts.has(key) || (first.kind === 'compare' && expressionKey(first.left) === key);
}

/** The facts where the test has come out as `outcome`. */
export function assume(facts: Facts, test: Ir.Test, outcome: boolean): Facts {
  if (test.kind !== 'compare' || test.right.kind !== 'constant') return facts;
  const key = expressionKey(test.left);
  if (facts.size >= mostFacts && !facts.has(key)) return facts;
  const before = facts.get(key) ?? { ...rangeOf(test.left), except: [] };
  const after = narrow(
    before,
    outcome ? test.operator : oppositeOperator[test.operator],
    test.right.value,
  );
  return after === undefined ? facts : new Map(facts).set(key, after);
}

/** The facts that hold whichever of two ways was taken. */
export function meetFacts(first: Facts | undefined, second: Facts): Facts {
  if (first === undefined || first === second) return second;
  const met = new Map<string, Fact>();
  for (const [key, one] of first) {
    const other = second.get(key);
    if (other === undefined) continue;
    met.set(key, {
      min: Math.min(one.min, other.min),
      max: Math.max(one.max, other.max),
      except: one.except.filter((value) => isExcluded(other, value)),
    });
  }
  return met;
}

function isExcluded(fact: Fact, value: number): boolean {
  return value < fact.min || value > fact.max || fact.except.includes(value);
}

/** The fact with one comparison more; undefined where it says nothing new, or cannot hold. */
function narrow(fact: Fact, operator: Ir.CompareOperator, value: number): Fact | undefined {
  switch (operator) {
    case '==':
      return { min: value, max: value, except: [] };
    case '!=':
      if (fact.except.length >= mostExceptions) return undefined;
      return { ...fact, except: [...fact.except, value] };
    case '<':
      return bounded(fact, 0, value - 1);
    case '<=':
      return bounded(fact, 0, value);
    case '>':
      return bounded(fact, value + 1, 0xffffffff);
    case '>=':
      return bounded(fact, value, 0xffffffff);
  }
}

function bounded(fact: Fact, min: number, max: number): Fact | undefined {
  const narrowed = { min: Math.max(fact.min, min), max: Math.min(fact.max, max) };
  return narrowed.min > narrowed.max ? undefined : { ...fact, ...narrowed };
}
