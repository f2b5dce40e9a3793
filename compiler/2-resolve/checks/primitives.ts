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
