import { evaluateBinary } from './evaluate.js';
import type * as Ir from './nodes.js';

/** Every value the expression can have lies between the two, inclusive. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

const everything: Range = { min: 0, max: 0xffffffff };

/** The smallest range this simple analysis can give for an expression. */
export function rangeOf(expression: Ir.Expression): Range {
  switch (expression.kind) {
    case 'constant':
      return { min: expression.value, max: expression.value };
    case 'load':
      return { min: 0, max: 256 ** Math.min(expression.width, 4) - 1 };
    case 'slice':
      return rangeOf(expression.of);
    case 'length':
      return everything;
    case 'metadata':
      return expression.field === 'protocol' ? { min: 0, max: 0xffff } : everything;
    case 'variable':
      return expression.of === undefined ? everything : rangeOf(expression.of);
    case 'binary':
      return rangeOfBinary(expression);
  }
}

function rangeOfBinary({ operator, left, right }: Ir.Binary): Range {
  const first = rangeOf(left);
  const second = rangeOf(right);
  switch (operator) {
    case '&':
      return { min: 0, max: Math.min(first.max, second.max) };
    case '|':
    case '^':
      return { min: 0, max: 2 ** (32 - Math.clz32(first.max | second.max)) - 1 };
    case '+':
      return first.max + second.max > 0xffffffff
        ? everything
        : { min: first.min + second.min, max: first.max + second.max };
    case '*':
      return first.max * second.max > 0xffffffff
        ? everything
        : { min: first.min * second.min, max: first.max * second.max };
    case '-':
      return first.min < second.max
        ? everything
        : { min: first.min - second.max, max: first.max - second.min };
    case '<<':
      return second.min === second.max && first.max * 2 ** second.max <= 0xffffffff
        ? { min: first.min * 2 ** second.max, max: first.max * 2 ** second.max }
        : everything;
    case '>>':
      return second.min === second.max
        ? {
            min: evaluateBinary('>>', first.min, second.min) ?? 0,
            max: evaluateBinary('>>', first.max, second.min) ?? 0,
          }
        : { min: 0, max: first.max };
    case '/':
      return { min: 0, max: first.max };
    case '%':
      return { min: 0, max: Math.min(first.max, Math.max(second.max, 1) - 1) };
  }
}

/** Whether the comparison has the same outcome for all values of the two ranges; undefined if it has not. */
export function decideCompare(
  operator: Ir.CompareOperator,
  left: Range,
  right: Range,
): boolean | undefined {
  switch (operator) {
    case '==':
      if (left.max < right.min || right.max < left.min) return false;
      return left.min === left.max && right.min === right.max && left.min === right.min
        ? true
        : undefined;
    case '!=':
      return negate(decideCompare('==', left, right));
    case '<':
      if (left.max < right.min) return true;
      return left.min >= right.max ? false : undefined;
    case '>':
      return decideCompare('<', right, left);
    case '>=':
      return negate(decideCompare('<', left, right));
    case '<=':
      return negate(decideCompare('<', right, left));
  }
}

function negate(decided: boolean | undefined): boolean | undefined {
  return decided === undefined ? undefined : !decided;
}
