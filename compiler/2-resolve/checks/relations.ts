import type * as Resolved from '../../ast/resolved.js';

/** Every comparison of a formula, in the order of the text. */
export function relationsOf(formula: Resolved.Formula): readonly Resolved.Relation[] {
  switch (formula.kind) {
    case 'chain':
      return [
        ...relationsOf(formula.first),
        ...formula.rest.flatMap(({ operand }) => relationsOf(operand)),
      ];
    case 'not':
      return relationsOf(formula.operand);
    case 'relation':
      return [formula];
    default:
      return [];
  }
}
