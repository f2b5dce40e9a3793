import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import { formatIp4, parseIp4, parseIp6 } from './addresses.js';
import type { Context } from './context.js';
import { resolveNumberAddress } from './hosts.js';
import { type Qualifiers, resolveDirection } from './qualifiers.js';
import { suggestName } from './suggest-name.js';
import { requireAddresses } from './surroundings.js';

/**
 * `net name`: networks have names but no masks, so as many bits count as with a number: all, unless the first byte is 0
 * (pcap_nametonetaddr, gen_scode).
 */
export function resolveNamedNetwork(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const { text, span } = literal;
  const network = context.resolver.network(text);
  if (network !== undefined && network !== 0) {
    const formula = resolveNumberAddress(context, literal, qualifiers, network);
    if (formula?.kind === 'ip4-address' && formula.mask === 0xffff_ffff)
      context.report('network-without-mask', span, { text, address: formatIp4(network) });
    return formula;
  }
  const isAddress = parseIp4(text) !== undefined || parseIp6(text) !== undefined;
  const help = isAddress ? `write 'net ${text}'` : suggestName(context, 'networks', text);
  return context.report('unknown-network', span, { text }, help);
}

/** `ether host name` (gen_mac48host_byname). */
export function resolveEtherHost(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  if (!requireAddresses(context, { text: 'ether host', span: literal.span })) return undefined;
  const direction = resolveDirection(context, qualifiers);
  const address = findMac(context, literal);
  if (direction === undefined || address === undefined) return undefined;
  return { kind: 'ether-address', direction, address, span: literal.span };
}

/** The MAC address of a name. */
export function findMac(
  context: Context,
  { text, span }: Ast.Literal,
): readonly number[] | undefined {
  const address = context.resolver.ether(text);
  if (address !== undefined) return address;
  return context.report('unknown-ether-host', span, { text }, suggestName(context, 'ethers', text));
}
