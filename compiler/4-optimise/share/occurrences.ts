import { guardExpression, mapOperands, mapTest } from '../../ir/children.js';
import type * as Ir from '../../ir/nodes.js';

/** A block with `change` applied to each expression that it evaluates; `change` sees wholes before parts. */
export function mapExpressions(
  block: Ir.Block,
  change: (expression: Ir.Expression) => Ir.Expression | undefined,
): Ir.Block {
  const rewrite = (expression: Ir.Expression): Ir.Expression =>
    change(expression) ?? mapOperands(expression, rewrite);
  const guards = block.guards.map((guard): Ir.Guard => {
    if (guard.kind === 'divisor') return { ...guard, divisor: rewrite(guard.divisor) };
    return guard.index === undefined ? guard : { ...guard, index: rewrite(guard.index) };
  });
  const test = mapTest(block.test, rewrite);
  const { assignments, ...rest } = block;
  if (assignments === undefined) return { ...rest, guards, test };
  // What a variable stands for is all there is of it: its parts may change, not the whole.
  const values = assignments.map(({ variable, value }) => ({
    variable,
    value: variable.of === undefined ? rewrite(value) : mapOperands(value, rewrite),
  }));
  return { ...rest, guards, test, assignments: values };
}

/** Call `visit` for each expression that a block evaluates, wholes before parts, as often as it does. */
export function visitOccurrences(
  block: Ir.Block,
  visit: (expression: Ir.Expression) => void,
): void {
  mapExpressions(block, (expression) => {
    visit(expression);
    return undefined;
  });
}

/** Whether a guard of the block evaluates an expression of which `is` holds. */
export function isInGuards(
  { guards }: Ir.Block,
  is: (expression: Ir.Expression) => boolean,
): boolean {
  let found = false;
  const visit = (expression: Ir.Expression): Ir.Expression => {
    found ||= is(expression);
    return mapOperands(expression, visit);
  };
  for (const guard of guards) {
    const subject = guardExpression(guard);
    if (subject !== undefined) visit(subject);
  }
  return found;
}
