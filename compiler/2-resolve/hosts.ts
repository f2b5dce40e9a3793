import type * as Ast from '../ast/nodes.js';
import { printNode } from '../ast/print.js';
import type * as Resolved from '../ast/resolved.js';
import {
  formatIp4,
  formatIp6,
  type Ip4Parts,
  parseIp4,
  parseIp6,
  parseMac,
  prefixMask,
  prefixMask6,
} from './addresses.js';
import type { Context } from './context.js';
import { isLinkKeyword, linkProtocolNumber } from './names.js';
import { resolveNumber } from './numbers.js';
import { type Qualifiers, reportWrongQualifier, resolveDirection } from './qualifiers.js';
import { reportOddAddress } from './report-odd-address.js';
import { reportUnavailable, requireAddresses, requireType } from './surroundings.js';

/** Protocols whose headers hold IPv4 addresses, in the order in which they are tried (gen_host). */
const ip4Protocols = ['ip', 'arp', 'rarp'] as const;

/**
 * Those in whose headers an IPv4 address is looked for: the one that the text names, or all that can be there. Empty if
 * the text names another.
 */
export function protocolsWithIp4(
  context: Context,
  protocol: Ast.Word | undefined,
): readonly ('ip' | 'arp' | 'rarp')[] {
  if (protocol === undefined) return context.surroundings.labels > 0 ? ['ip'] : ip4Protocols;
  return ip4Protocols.filter((each) => each === protocol.text);
}

/** Whether the headers of these protocols can be here; reports the first that cannot. */
export function requireHeaders(
  context: Context,
  protocols: readonly ('ip' | 'arp' | 'rarp')[],
  word: Ast.Word,
): boolean {
  return protocols.every((each) => requireType(context, linkProtocolNumber(each) ?? 0, word));
}

/** `host 10.1.2.3`, `net 10.1`: as many bits as were written (gen_ncode), or as the mask says (gen_mcode). */
export function resolveIp4(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const written = parseIp4(literal.text);
  if (written === undefined)
    return context.report('invalid-ip4-address', literal.span, { text: literal.text });
  if (literal.prefix === undefined && literal.mask === undefined) {
    const formula = makeIp4(context, literal, qualifiers, written);
    const isPartial = written.mask !== 0xffff_ffff && qualifiers.type?.text !== 'net';
    if (formula !== undefined && isPartial) {
      const net = `${formatIp4(written.address)}/${literal.text.split('.').length * 8}`;
      context.report('partial-address', literal.span, { text: literal.text, net });
    }
    if (formula !== undefined) reportOddAddress(context, literal, qualifiers, written);
    return formula;
  }
  const mask = resolveMask(context, literal);
  if (mask === undefined) return undefined;
  if ((written.address & ~mask) !== 0) {
    const base = formatIp4((written.address & mask) >>> 0);
    const network = literal.prefix
      ? `${base}/${literal.prefix.text}`
      : `${base} mask ${formatIp4(mask)}`;
    const help = `write '${network}'`;
    return context.report('non-network-bits', literal.span, { text: printNode(literal) }, help);
  }
  if (qualifiers.type?.text !== 'net') {
    const help = mask === 0xffff_ffff ? `write 'host ${literal.text}'` : undefined;
    return context.report('mask-needs-net', literal.span, { text: printNode(literal) }, help);
  }
  return makeIp4(context, literal, qualifiers, { address: written.address, mask });
}

/** The mask that `/n` or `mask m` gives. */
function resolveMask(context: Context, { prefix, mask }: Ast.Literal): number | undefined {
  if (mask !== undefined) {
    const parts = parseIp4(mask.text);
    return parts?.address ?? context.report('invalid-ip4-address', mask.span, { text: mask.text });
  }
  if (prefix === undefined) return undefined;
  const length = resolveNumber(context, prefix);
  if (length === undefined) return undefined;
  if (length > 32)
    return context.report('prefix-too-long', prefix.span, { text: prefix.text, maximum: 32 });
  return prefixMask(length);
}

/** `host 0x0a000001` is that address; `net 10` is shifted up to where a net starts (gen_ncode). */
export function resolveNumberAddress(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
  value: number,
): Resolved.Formula | undefined {
  let address = value;
  let mask = 0xffff_ffff;
  while (qualifiers.type?.text === 'net' && address !== 0 && address <= 0x00ff_ffff) {
    address = (address << 8) >>> 0;
    mask = (mask << 8) >>> 0;
  }
  const formula = makeIp4(context, literal, qualifiers, { address, mask });
  if (formula !== undefined) reportOddAddress(context, literal, qualifiers, { address, mask });
  return formula;
}

/** Whether the protocol has addresses of its own. */
function isAddressProtocol(protocol: Ast.Word | undefined): boolean {
  return (
    isLinkKeyword(protocol?.text) || ['ip', 'ip6', 'arp', 'rarp'].includes(protocol?.text ?? '')
  );
}

/** `tcp src 10.0.0.1`: two conditions that were written as one. */
function joinInstead({ protocol, direction, type }: Qualifiers, literal: Ast.Literal): string {
  const words = [direction?.text, type?.text, printNode(literal)].filter(Boolean).join(' ');
  return `write '${protocol?.text} and ${direction || type ? '' : 'host '}${words}'`;
}

function makeIp4(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
  { address, mask }: Ip4Parts,
): Resolved.Ip4Address | undefined {
  const { protocol, type } = qualifiers;
  const protocols = protocolsWithIp4(context, protocol);
  if (protocols.length === 0) {
    const help = isAddressProtocol(protocol)
      ? `an IPv4 ${type?.text ?? 'host'} takes 'ip', 'arp', 'rarp' or no protocol`
      : joinInstead(qualifiers, literal);
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, 'an IPv4 address', help);
  }
  const direction = resolveDirection(context, qualifiers);
  const isKnown = requireHeaders(context, protocols, protocol ?? literal);
  if (direction === undefined || !isKnown) return undefined;
  return { kind: 'ip4-address', protocols, direction, address, mask, span: literal.span };
}

/** `host ::1`, `net 2001:db8::/32` (gen_mcode6). */
export function resolveIp6(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const { text, prefix, span } = literal;
  const address = parseIp6(text);
  if (address === undefined) return context.report('invalid-ip6-address', span, { text });
  const length = prefix === undefined ? 128 : resolveNumber(context, prefix);
  if (length === undefined) return undefined;
  if (length > 128)
    return context.report('prefix-too-long', (prefix ?? literal).span, {
      text: prefix?.text ?? '',
      maximum: 128,
    });
  const mask = prefixMask6(length);
  if (address.some((word, index) => (word & ~(mask[index] ?? 0)) !== 0))
    return context.report(
      'non-network-bits',
      span,
      { text: printNode(literal) },
      helpMasked(address, mask, length),
    );
  const { protocol, type } = qualifiers;
  if (type?.text !== 'net' && length !== 128)
    return context.report('mask-needs-net', span, { text: printNode(literal) });
  if (protocol !== undefined && protocol.text !== 'ip6') {
    const help = isAddressProtocol(protocol)
      ? `an IPv6 ${type?.text ?? 'host'} takes 'ip6' or no protocol`
      : joinInstead(qualifiers, literal);
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, 'an IPv6 address', help);
  }
  const direction = resolveDirection(context, qualifiers);
  if (direction === undefined) return undefined;
  return { kind: 'ip6-address', direction, address, mask, span };
}

/** `ether host 00:11:22:33:44:55` (gen_ecode). */
export function resolveMac(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const { text, span } = literal;
  const address = parseMac(text);
  if (address === undefined) return context.report('invalid-mac-address', span, { text });
  const { protocol, type } = qualifiers;
  const isHost = type === undefined || type.text === 'host';
  if (!isHost || !isLinkKeyword(protocol?.text))
    return context.report('mac-needs-ether', span, { text });
  if (!requireAddresses(context, { text: 'ether host', span })) return undefined;
  const direction = resolveDirection(context, qualifiers);
  if (direction === undefined) return undefined;
  return { kind: 'ether-address', direction, address, span };
}

/** `ether host $b`: ARCNET and BACnet only (gen_acode). */
export function resolveArcnet(context: Context, { text, span }: Ast.Literal): undefined {
  return reportUnavailable(context, { text: `$${text.slice(1)}`, span });
}

function helpMasked(address: readonly number[], mask: readonly number[], length: number): string {
  const words = address.map((word, index) => (word & (mask[index] ?? 0)) >>> 0);
  return `write '${formatIp6(words)}/${length}'`;
}
