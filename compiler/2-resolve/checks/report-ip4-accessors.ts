import type * as Resolved from '../../ast/resolved.js';
import { etherType } from '../../link/ether-type.js';
import type { Context } from '../context.js';
import {
  type Facts,
  isIp4Transport,
  loadsOf,
  noFacts,
  type Summary,
  visitConjunctions,
} from './facts.js';
import { unite } from './sets.js';

/**
 * `tcp[13]` reads IPv4 packets only, `tcp` matches both. Everybody writes `tcp[13] & 2 != 0` for IPv4 networks and
 * need not be told each time: it is reported only where something joined to it by `and` names IPv6, as in
 * `(net 10.0.0.0/8 or net 2001:db8::/32) and tcp[13] & 2 != 0`.
 */
export function reportIp4Accessors(context: Context, formula: Resolved.Formula): void {
  visitConjunctions(formula, namesIp6, (primitive, beside) => {
    if (primitive.kind !== 'relation' || !beside.has('ip6')) return;
    const load = loadsOf(primitive).find(isIp4Transport);
    if (load) context.report('ip4-accessor', load.span, { text: load.protocol }, suggest(load));
  });
}

/** IPv6 is named, in whichever alternative. */
const namesIp6: Summary = { of: ip6In, and: unite, or: unite };

function ip6In(primitive: Resolved.Primitive): Facts {
  const isNamed =
    primitive.kind === 'ip6-address' ||
    (primitive.kind === 'link-type' && primitive.value === etherType.ip6) ||
    (primitive.kind === 'ip-multicast' && primitive.family === 'ip6') ||
    ((primitive.kind === 'ip-protocol' || primitive.kind === 'ip-protocol-chain') &&
      primitive.families.join() === 'ip6') ||
    (primitive.kind === 'relation' &&
      loadsOf(primitive).some(({ protocol }) => protocol === 'ip6' || protocol === 'icmp6'));
  return isNamed ? new Set(['ip6']) : noFacts;
}

/** Where the same byte is in an IPv6 packet without extension headers, the fixed header being 40 bytes (RFC 8200). */
function suggest({ protocol, index, size }: Resolved.Load): string | undefined {
  if (protocol === 'icmp') return "write 'icmp6[…]' for ICMP over IPv6";
  if (index.kind !== 'number' || index.value > 0xffff) return undefined;
  const place = `ip6[${40 + index.value}${size === 1 ? '' : `:${size}`}]`;
  return `in IPv6 packets without extension headers it is '${place}'`;
}
