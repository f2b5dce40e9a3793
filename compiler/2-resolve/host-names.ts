import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import { invariant } from '../diagnostics/invariant.js';
import type { Span } from '../diagnostics/span.js';
import { prefixMask6 } from './addresses.js';
import type { Context } from './context.js';
import { findAddresses, type HostAddresses } from './host-addresses.js';
import { protocolsWithIp4, requireHeaders } from './hosts.js';
import { type Qualifiers, reportWrongQualifier, resolveDirection } from './qualifiers.js';

/** `host name`: any of its addresses, those of IPv4 first; a protocol leaves those of its family (gen_host46_byname). */
export function resolveNamedHost(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const { protocol } = qualifiers;
  const protocols = protocolsWithIp4(context, protocol);
  const takesIp6 = protocol === undefined || protocol.text === 'ip6';
  if (protocols.length === 0 && !takesIp6)
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, 'a host');
  const isKnown = requireHeaders(context, protocols, protocol ?? literal);
  const direction = resolveDirection(context, qualifiers);
  const addresses = findAddresses(context, literal);
  if (!isKnown || direction === undefined || addresses === undefined) return undefined;
  const { span } = literal;
  const tests: readonly Resolved.Formula[] = [
    ...(protocols.length > 0 ? testIp4Addresses(addresses, protocols, direction, literal) : []),
    ...(takesIp6 ? testIp6Addresses(addresses, direction, literal) : []),
  ];
  if (tests.length > 0) return chain('or', tests, span);
  return context.report('no-address-of-family', span, {
    text: literal.text,
    family: protocols.length > 0 ? 'IPv4' : 'IPv6',
  });
}

/** One test for each IPv4 address of a name. */
export function testIp4Addresses(
  { ip4 }: HostAddresses,
  protocols: Resolved.Ip4Address['protocols'],
  direction: Resolved.Direction,
  { span }: Ast.Literal,
): readonly Resolved.Ip4Address[] {
  return ip4.map((address) => {
    return { kind: 'ip4-address', protocols, direction, address, mask: 0xffff_ffff, span };
  });
}

function testIp6Addresses(
  { ip6 }: HostAddresses,
  direction: Resolved.Direction,
  { span }: Ast.Literal,
): readonly Resolved.Ip6Address[] {
  const mask = prefixMask6(128);
  return ip6.map((address) => ({ kind: 'ip6-address', direction, address, mask, span }));
}

/** All of `operands` with the same operator between them; at least one. */
export function chain(
  operator: 'and' | 'or',
  operands: readonly Resolved.Formula[],
  span: Span,
): Resolved.Formula {
  const [first, ...rest] = operands;
  invariant(first !== undefined, 'a chain of nothing');
  if (rest.length === 0) return first;
  return { kind: 'chain', first, rest: rest.map((operand) => ({ operator, operand })), span };
}
