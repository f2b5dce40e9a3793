import type * as Resolved from '../../ast/resolved.js';
import { evaluateBinary } from '../../ir/evaluate.js';
import type { Context } from '../context.js';
import { relationsOf } from './primitives.js';

/** `1 / (1 - 1)` is no error, because only the first number of a divisor is; yet it rejects all that reaches it. */
export function reportZeroDivisors(context: Context, formula: Resolved.Formula): void {
  for (const { left, right } of relationsOf(formula)) {
    reportIn(context, left);
    reportIn(context, right);
  }
}

function reportIn(context: Context, node: Resolved.Arithmetic): void {
  switch (node.kind) {
    case 'number':
    case 'length':
      break;
    case 'load':
      reportIn(context, node.index);
      break;
    case 'negate':
      reportIn(context, node.operand);
      break;
    case 'binary':
      reportIn(context, node.left);
      reportIn(context, node.right);
      if ((node.operator === '/' || node.operator === '%') && constantValue(node.right) === 0)
        context.report('always-divides-by-zero', node.right.span, {});
      break;
  }
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
