import type * as Ast from '../../ast/nodes.js';
import type * as Resolved from '../../ast/resolved.js';
import type { Context } from '../context.js';
import { reportComplexExpressions } from './report-complex-expressions.js';
import { reportConstantOperands } from './report-constant-operands.js';
import { reportDroppedGuards } from './report-dropped-guards.js';
import { reportEqualPrecedence } from './report-equal-precedence.js';
import { reportIp4Accessors } from './report-ip4-accessors.js';
import { reportNegatedGuards } from './report-negated-guards.js';
import { reportShiftedPrimitives } from './report-shifted-primitives.js';
import { reportZeroDivisors } from './report-zero-divisors.js';

/** Laws of the whole filter, in order, once each of its parts is right by itself. */
export function reportErrors(context: Context, formula: Resolved.Formula): void {
  reportConstantOperands(context, formula);
  reportComplexExpressions(context, formula);
}

/** What is legal and surprises, once there are no errors. */
export function reportWarnings(context: Context, node: Ast.Node, formula: Resolved.Formula): void {
  reportEqualPrecedence(context, node);
  reportZeroDivisors(context, formula);
  reportShiftedPrimitives(context, formula);
  reportDroppedGuards(context, formula);
  reportIp4Accessors(context, formula);
  reportNegatedGuards(context, formula);
}
