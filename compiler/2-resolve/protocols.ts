import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Span } from '../diagnostics/span.js';
import type { Context } from './context.js';
import { ipProtocolNumber, isIsoProtocol, isLinkKeyword, linkProtocolNumber } from './names.js';
import { type Qualifiers, reportUnavailable, reportWrongQualifier } from './qualifiers.js';

/** `proto 6`, `ip proto 6`, `ip6 proto 6`, `ether proto 0x800` (gen_proto). */
export function resolveProtocolNumber(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
  value: number,
): Resolved.Formula | undefined {
  const { text, span } = literal;
  const { protocol } = qualifiers;
  const tooLarge = (maximum: number) =>
    context.report('protocol-out-of-range', span, { text, maximum });
  if (isLinkKeyword(protocol?.text)) {
    // Without link headers no type is ever compared, so libpcap never looks at the number.
    const isType = value <= 255 || (value > 1500 && value <= 0xffff);
    if (context.link === 'ethernet' && !isType)
      return context.report('ether-type-out-of-range', span, { text });
    return { kind: 'link-type', value, span };
  }
  switch (protocol?.text) {
    case undefined:
      return value > 255 ? tooLarge(255) : makeIpProtocol(['ip', 'ip6'], value, span);
    case 'ip':
    case 'ip6':
      return value > 255 ? tooLarge(255) : makeIpProtocol([protocol.text], value, span);
    case 'iso':
      return value > 255 ? tooLarge(255) : reportIso(context, protocol, span);
    case 'isis':
      return value > 31 ? tooLarge(31) : reportIso(context, protocol, span);
    default:
      return reportWrongQualifier(context, qualifiers, 'protocol', literal, "'proto'");
  }
}

/** The same by name (lookup_proto). */
export function resolveProtocolName(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const { text, span } = literal;
  const { protocol } = qualifiers;
  if (protocol?.text === 'iso' && isIsoProtocol(text)) return reportIso(context, protocol, span);
  const isLink = isLinkKeyword(protocol?.text);
  if (!isLink && ![undefined, 'ip', 'ip6', 'iso', 'isis'].includes(protocol?.text))
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, "'proto'");
  const isIp = protocol === undefined || protocol.text === 'ip' || protocol.text === 'ip6';
  const value = isLink ? linkProtocolNumber(text) : isIp ? ipProtocolNumber(text) : undefined;
  if (value === undefined)
    return context.report('unknown-protocol', span, { text }, suggestProtocol(text));
  return resolveProtocolNumber(context, literal, qualifiers, value);
}

function suggestProtocol(name: string): string {
  const lower = name.toLowerCase();
  const isKnown = name !== lower && ipProtocolNumber(lower) !== undefined;
  if (isKnown) return `write '\\${lower}'`;
  return name === 'icmp6' || name === 'icmpv6' ? "write '\\ipv6-icmp' or 58" : 'write its number';
}

function reportIso(context: Context, protocol: Ast.Word, span: Span): undefined {
  return context.report('not-supported-yet', span, { text: `'${protocol.text} proto'` });
}

function makeIpProtocol(
  families: Resolved.IpProtocol['families'],
  value: number,
  span: Span,
): Resolved.IpProtocol {
  return { kind: 'ip-protocol', families, value, span };
}

/** Protocols that are the type of a link's payload. */
const linkTypes = [
  ...['ip', 'ip6', 'arp', 'rarp', 'atalk', 'aarp', 'decnet', 'lat', 'sca', 'moprc', 'mopdl'],
  ...['iso', 'stp', 'ipx', 'netbeui'],
];

/** Protocols above IP: their number, and the families in which the keyword alone looks for it (gen_proto_abbrev). */
const transports: ReadonlyMap<string, Pick<Resolved.IpProtocol, 'value' | 'families'>> = new Map([
  ['tcp', { value: 6, families: ['ip', 'ip6'] }],
  ['udp', { value: 17, families: ['ip', 'ip6'] }],
  ['sctp', { value: 132, families: ['ip', 'ip6'] }],
  ['esp', { value: 50, families: ['ip', 'ip6'] }],
  ['ah', { value: 51, families: ['ip', 'ip6'] }],
  ['pim', { value: 103, families: ['ip', 'ip6'] }],
  ['icmp', { value: 1, families: ['ip'] }],
  ['igmp', { value: 2, families: ['ip'] }],
  ['igrp', { value: 9, families: ['ip'] }],
  ['vrrp', { value: 112, families: ['ip'] }],
  ['carp', { value: 112, families: ['ip'] }],
  ['icmp6', { value: 58, families: ['ip6'] }],
]);

/** A protocol alone: `tcp`, `arp` (gen_proto_abbrev). */
export function resolveAbbreviation(
  context: Context,
  { text, span }: Ast.Word,
): Resolved.Formula | undefined {
  const transport = transports.get(text);
  if (transport) return { kind: 'ip-protocol', ...transport, span };
  const type = linkTypes.includes(text) ? linkProtocolNumber(text) : undefined;
  if (type !== undefined) return { kind: 'link-type', value: type, span };
  if (isLinkKeyword(text))
    return context.report(
      'no-abbreviation',
      span,
      { text },
      `write '${text} proto', '${text} host' …`,
    );
  if (text === 'radio') return reportUnavailable(context, { text, span });
  return context.report('not-supported-yet', span, { text: `'${text}'` });
}
