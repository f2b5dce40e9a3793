import { blockExpressions, guardExpressions, mapBlock, mapOperands } from '../../ir/children.js';
import type * as Ir from '../../ir/nodes.js';

/** A block with `change` applied to each expression that it evaluates; `change` sees wholes before parts. */
export function mapExpressions(
  block: Ir.Block,
  change: (expression: Ir.Expression) => Ir.Expression | undefined,
): Ir.Block {
  const rewrite = (expression: Ir.Expression): Ir.Expression =>
    change(expression) ?? mapOperands(expression, rewrite);
  // What a variable stands for is all there is of it: its parts may change, not the whole.
  return mapBlock(block, (expression, assigned) =>
    assigned?.of === undefined ? rewrite(expression) : mapOperands(expression, rewrite),
  );
}

/** Call `visit` for each expression that a block evaluates, wholes before parts, as often as it does. */
export function visitOccurrences(
  block: Ir.Block,
  visit: (expression: Ir.Expression) => void,
): void {
  const walk = (expression: Ir.Expression) => {
    visit(expression);
    walkParts(expression);
  };
  const walkParts = (expression: Ir.Expression) => {
    mapOperands(expression, (operand) => {
      walk(operand);
      return operand;
    });
  };
  for (const expression of guardExpressions(block)) walk(expression);
  for (const expression of blockExpressions({ ...block, assignments: [] })) walk(expression);
  for (const { variable, value } of block.assignments ?? [])
    if (variable.of === undefined) walk(value);
    else walkParts(value);
}
