import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Context } from './context.js';
import { findAddresses } from './host-addresses.js';
import { chain, testIp4Addresses } from './host-names.js';
import { protocolsWithIp4 } from './hosts.js';
import { linkProtocolNumber } from './names.js';
import { type Qualifiers, reportWrongQualifier } from './qualifiers.js';
import { requireAddresses } from './surroundings.js';
import { findMac } from './table-names.js';

/**
 * `gateway name` (gen_gateway): sent through a host and not by or to it. That is its MAC address, and for each of ip,
 * arp and rarp, or for the one that stands before `gateway`: the protocol and none of the host's IPv4 addresses.
 */
export function resolveGateway(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const { protocol, type } = qualifiers;
  const { text, span } = literal;
  const protocols = protocolsWithIp4(context, protocol);
  if (protocols.length === 0) {
    const help = "only 'ip', 'arp', 'rarp' or no protocol stands before 'gateway'";
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, "'gateway'", help);
  }
  const keyword = { text: 'gateway', span: type?.span ?? span };
  if (!requireAddresses(context, keyword)) return undefined;
  if (context.surroundings.labels > 0)
    return context.report('unavailable-behind-labels', keyword.span, { text: keyword.text });
  const mac = findMac(context, literal);
  const addresses = findAddresses(context, literal);
  if (mac === undefined || addresses === undefined) return undefined;
  if (addresses.ip4.length === 0)
    return context.report('no-address-of-family', span, { text, family: 'IPv4' });
  const legs = protocols.map((each) => {
    const value = linkProtocolNumber(each) ?? 0;
    const tests = testIp4Addresses(addresses, [each], 'either', literal);
    const not = { kind: 'not', operand: chain('or', tests, span), span } as const;
    return chain('and', [{ kind: 'link-type', value, span }, not], span);
  });
  const isGateway = { kind: 'ether-address', direction: 'either', address: mac, span } as const;
  return chain('and', [isGateway, chain('or', legs, span)], span);
}
