import type * as Resolved from '../../ast/resolved.js';
import type { Context } from '../context.js';
import { operationsOf } from './primitives.js';

/**
 * A divisor must not be the constant 0, a shift not by a constant above 31.
 *
 * libpcap judges the right operand by its first instruction, which belongs to its leftmost number, the index of an
 * accessor included (gen_arth): `1 / (0 + 2)`, `1 / ip[0]` and `1 << (32 - 1)` are errors as well.
 */
export function reportConstantOperands(context: Context, formula: Resolved.Formula): void {
  for (const operation of operationsOf(formula)) reportOperand(context, operation);
}

function reportOperand(context: Context, { operator, right }: Resolved.Binary): void {
  const first = leftmostNumber(right);
  if (first === undefined) return;
  const isDivision = operator === '/' || operator === '%';
  const isShift = operator === '<<' || operator === '>>';
  const help =
    first === right
      ? undefined
      : `the first number counts alone, as in libpcap: it is ${first.value}`;
  if (isDivision && first.value === 0) context.report('division-by-zero', right.span, {}, help);
  if (isShift && first.value > 31)
    context.report('shift-too-far', right.span, { text: String(first.value) }, help);
}

function leftmostNumber(node: Resolved.Arithmetic): Resolved.Number | undefined {
  switch (node.kind) {
    case 'number':
      return node;
    case 'length':
      return undefined;
    case 'load':
      return leftmostNumber(node.index);
    case 'negate':
      return leftmostNumber(node.operand);
    case 'binary':
      return leftmostNumber(node.left);
  }
}
