import type * as Resolved from '../../ast/resolved.js';
import type { Context } from '../context.js';
import { relationsOf } from './relations.js';

/** Scratch memory of classic BPF, in words. */
const memoryWords = 16;

/** A comparison keeps at most 16 intermediate values at a time, because classic BPF has room for no more (alloc_reg). */
export function reportComplexExpressions(context: Context, formula: Resolved.Formula): void {
  for (const relation of relationsOf(formula))
    if (Math.max(valuesFor(relation.left), 1 + valuesFor(relation.right)) > memoryWords)
      context.report('expression-too-complex', relation.span, {});
}

/** How many values live at once while `node` is computed, its own included. */
function valuesFor(node: Resolved.Arithmetic): number {
  switch (node.kind) {
    case 'number':
    case 'length':
      return 1;
    // The loaded value gets its place before the index gives up its own (gen_load).
    case 'load':
      return Math.max(valuesFor(node.index), 2);
    case 'negate':
      return valuesFor(node.operand);
    case 'binary':
      return Math.max(valuesFor(node.left), 1 + valuesFor(node.right));
  }
}
