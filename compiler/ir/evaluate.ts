import type * as Ir from './nodes.js';

/** 32-bit unsigned arithmetic as bpf_filter.c does it. Undefined where the packet is rejected: division by zero. */
export function evaluateBinary(
  operator: Ir.BinaryOperator,
  left: number,
  right: number,
): number | undefined {
  switch (operator) {
    case '+':
      return (left + right) >>> 0;
    case '-':
      return (left - right) >>> 0;
    case '*':
      return Math.imul(left, right) >>> 0;
    case '/':
      return right === 0 ? undefined : Math.floor(left / right);
    case '%':
      return right === 0 ? undefined : left % right;
    case '&':
      return (left & right) >>> 0;
    case '|':
      return (left | right) >>> 0;
    case '^':
      return (left ^ right) >>> 0;
    case '<<':
      return right > 31 ? 0 : (left << right) >>> 0;
    case '>>':
      return right > 31 ? 0 : left >>> right;
  }
}

/** Unsigned comparison of two 32-bit values. */
export function evaluateCompare(
  operator: Ir.CompareOperator,
  left: number,
  right: number,
): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** The comparison that holds exactly where the other does not. */
export const oppositeOperator: { readonly [operator in Ir.CompareOperator]: Ir.CompareOperator } = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
