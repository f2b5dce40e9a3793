import type * as Resolved from '../../ast/resolved.js';
import type { Context } from '../context.js';
import { guardOf, implied, isIp4Transport, keptLoads, visitConjunctions } from './facts.js';

const opposites = { '=': '!=', '!=': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' } as const;

/**
 * On a packet that is not TCP `tcp[13] = 2` is false, and so `not tcp[13] = 2` is true: unlike `tcp[13] != 2`, it
 * accepts all ARP and UDP. Not reported where the protocol is certain, as in `tcp and ip and not tcp[13] = 2`, and not
 * for accessors of other layers, which are negated to leave whole protocols alone.
 */
export function reportNegatedGuards(context: Context, formula: Resolved.Formula): void {
  visitConjunctions(formula, implied, (primitive, beside, negation) => {
    if (primitive.kind !== 'relation' || negation === undefined) return;
    const load = keptLoads(primitive).find(isIp4Transport);
    if (load === undefined) return;
    const transport = [...guardOf(load)].filter((fact) => fact !== 'ip');
    if (transport.every((fact) => beside.has(fact))) return;
    const sign = opposites[primitive.operator];
    context.report('negated-guard', negation.span, { text: load.protocol, sign });
  });
}
