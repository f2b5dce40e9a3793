import type * as Resolved from '../../ast/resolved.js';
import type { Context } from '../context.js';
import { guardOf, implied, keptLoads, loadsOf, visitConjunctions } from './facts.js';
import { unite } from './sets.js';

/**
 * Of `1 + tcp[13]` libpcap forgets the test for TCP: only the leftmost operand of an operator keeps it (gen_arth), so
 * the byte is read off any packet. Not reported where the rest of the comparison, or what is joined to it by `and`,
 * makes sure of the protocol: `tcp port 80 and ip[2:2] - tcp[12] > 0`.
 */
export function reportDroppedGuards(context: Context, formula: Resolved.Formula): void {
  visitConjunctions(formula, implied, (primitive, beside) => {
    if (primitive.kind !== 'relation') return;
    const kept = keptLoads(primitive);
    const certain = kept.map(guardOf).reduce(unite, beside);
    const dropped = loadsOf(primitive).find(
      (load) => !kept.includes(load) && [...guardOf(load)].some((fact) => !certain.has(fact)),
    );
    if (dropped) {
      const { protocol: text, span } = dropped;
      context.report('dropped-guard', span, { text });
    }
  });
}
