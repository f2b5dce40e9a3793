import type * as Resolved from '../../ast/resolved.js';

/** Every primitive of a formula, in the order of the text. */
export function primitivesOf(formula: Resolved.Formula): readonly Resolved.Primitive[] {
  const primitives: Resolved.Primitive[] = [];
  const visit = (node: Resolved.Formula): void => {
    if (node.kind === 'chain') {
      visit(node.first);
      for (const { operand } of node.rest) visit(operand);
    } else if (node.kind === 'not') visit(node.operand);
    else primitives.push(node);
  };
  visit(formula);
  return primitives;
}

/** Every comparison of a formula, in the order of the text. */
export function relationsOf(formula: Resolved.Formula): readonly Resolved.Relation[] {
  return primitivesOf(formula).filter((primitive) => primitive.kind === 'relation');
}

/** Every operation of a formula's comparisons, operands before what they feed. */
export function operationsOf(formula: Resolved.Formula): readonly Resolved.Binary[] {
  const operations: Resolved.Binary[] = [];
  const visit = (node: Resolved.Arithmetic): void => {
    if (node.kind === 'load') visit(node.index);
    else if (node.kind === 'negate') visit(node.operand);
    else if (node.kind === 'binary') {
      visit(node.left);
      visit(node.right);
      operations.push(node);
    }
  };
  for (const { left, right } of relationsOf(formula)) {
    visit(left);
    visit(right);
  }
  return operations;
}
