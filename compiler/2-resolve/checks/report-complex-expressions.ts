import type * as Resolved from '../../ast/resolved.js';
import type { Context } from '../context.js';
import { primitivesOf } from './primitives.js';

/** Scratch memory of classic BPF, in words. */
const memoryWords = 16;

/** Words that a tunnel keeps for the rest of the filter: where its three inner headers are. */
const wordsOfTunnel = 3;

/**
 * A comparison keeps at most 16 intermediate values at a time, less what the tunnels to its left keep, because classic
 * BPF has room for no more (alloc_reg).
 */
export function reportComplexExpressions(context: Context, formula: Resolved.Formula): void {
  let room = memoryWords;
  for (const primitive of primitivesOf(formula)) {
    if (primitive.kind === 'tunnel') {
      room -= wordsOfTunnel;
      if (room < 0) context.report('too-many-tunnels', primitive.span, {});
    }
    if (primitive.kind !== 'relation') continue;
    if (Math.max(valuesFor(primitive.left), 1 + valuesFor(primitive.right)) > room)
      context.report('expression-too-complex', primitive.span, { maximum: Math.max(room, 0) });
  }
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
