import type * as Ast from '../../ast/nodes.js';
import type { Context } from '../context.js';

/**
 * `a or b and c` is `(a or b) and c`: `and` does not bind tighter than `or`, as it does nearly everywhere else.
 * Only an `and` right of an `or`, without parentheses, can be misread.
 */
export function reportEqualPrecedence(context: Context, node: Ast.Node): void {
  switch (node.kind) {
    case 'chain':
      reportChain(context, node);
      break;
    case 'not':
    case 'paren':
      reportEqualPrecedence(context, node.operand);
      break;
    case 'qualified':
      if (node.operand) reportEqualPrecedence(context, node.operand);
      break;
    default:
      break;
  }
}

function reportChain(context: Context, { first, rest }: Ast.Chain): void {
  const or = rest.findIndex(({ operator }) => operator === 'or');
  const and = rest.find(({ operator }, index) => or !== -1 && index > or && operator === 'and');
  if (and) context.report('equal-precedence', and.operand.span, {});
  reportEqualPrecedence(context, first);
  for (const { operand } of rest) reportEqualPrecedence(context, operand);
}
