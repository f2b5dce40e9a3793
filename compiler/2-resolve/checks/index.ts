import type * as Ast from '../../ast/nodes.js';
import type * as Resolved from '../../ast/resolved.js';
import type { Context } from '../context.js';
import { reportComplexExpressions } from './report-complex-expressions.js';
import { reportConstantOperands } from './report-constant-operands.js';
import { reportEqualPrecedence } from './report-equal-precedence.js';

/** Laws of the whole filter, in order, once each of its parts is right by itself. */
export function reportAll(context: Context, node: Ast.Node, formula: Resolved.Formula): void {
  reportEqualPrecedence(context, node);
  reportConstantOperands(context, formula);
  reportComplexExpressions(context, formula);
}
