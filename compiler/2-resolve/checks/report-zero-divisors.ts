import type * as Resolved from '../../ast/resolved.js';
import { evaluateBinary } from '../../ir/evaluate.js';
import type { Context } from '../context.js';
import { operationsOf } from './primitives.js';

/** `1 / (1 - 1)` is no error, because only the first number of a divisor is; yet it rejects all that reaches it. */
export function reportZeroDivisors(context: Context, formula: Resolved.Formula): void {
  for (const { operator, right } of operationsOf(formula))
    if ((operator === '/' || operator === '%') && constantValue(right) === 0)
      context.report('always-divides-by-zero', right.span, {});
}

/** The value that arithmetic has on every packet, if there is one. */
function constantValue(node: Resolved.Arithmetic): number | undefined {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'length':
    case 'load':
      return undefined;
    case 'negate': {
      const operand = constantValue(node.operand);
      return operand === undefined ? undefined : -operand >>> 0;
    }
    case 'binary': {
      const left = constantValue(node.left);
      const right = constantValue(node.right);
      if (left === undefined || right === undefined) return undefined;
      return evaluateBinary(node.operator, left, right);
    }
  }
}
