import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Span } from '../diagnostics/span.js';
import type { Context } from './context.js';
import {
  isoProtocolNumber,
  resolveIsisType,
  resolveIsoAbbreviation,
  resolveIsoProtocol,
} from './iso.js';
import { isLinkKeyword, linkProtocolNumber } from './names.js';
import { type Qualifiers, reportWrongQualifier } from './qualifiers.js';
import { nearNames } from './suggest-name.js';
import { reportUnavailable, requireType, resolveType } from './surroundings.js';

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
  if (isLinkKeyword(protocol?.text)) return resolveType(context, value, literal);
  switch (protocol?.text) {
    case undefined:
      return value > 255 ? tooLarge(255) : makeIpProtocol(['ip', 'ip6'], value, span);
    case 'ip':
    case 'ip6':
      return value > 255 ? tooLarge(255) : makeIpProtocol([protocol.text], value, span);
    case 'iso':
      return resolveIsoProtocol(context, value, literal);
    case 'isis':
      return resolveIsisType(context, value, literal);
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
  const isLink = isLinkKeyword(protocol?.text);
  if (!isLink && ![undefined, 'ip', 'ip6', 'iso', 'isis'].includes(protocol?.text))
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, "'proto'");
  const isIp = protocol === undefined || protocol.text === 'ip' || protocol.text === 'ip6';
  const value = isLink
    ? linkProtocolNumber(text)
    : isIp
      ? context.resolver.protocol(text)
      : protocol?.text === 'iso'
        ? isoProtocolNumber(text)
        : undefined;
  if (value === undefined)
    return context.report(
      'unknown-protocol',
      span,
      { text },
      isIp ? suggestProtocol(context, text) : undefined,
    );
  return resolveProtocolNumber(context, literal, qualifiers, value);
}

/** Some names of protocols are keywords, so all are suggested with a backslash. */
function suggestProtocol(context: Context, name: string): string {
  if (name === 'icmp6' || name === 'icmpv6') return "write '\\ipv6-icmp' or 58";
  const near = nearNames(context, 'protocols', name).map((each) => `'\\${each}'`);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'write its number';
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
  word: Ast.Word,
): Resolved.Formula | undefined {
  const { text, span } = word;
  const transport = transports.get(text);
  if (transport) return { kind: 'ip-protocol', ...transport, span };
  const type = linkTypes.includes(text) ? linkProtocolNumber(text) : undefined;
  if (type !== undefined)
    return requireType(context, type, word) ? { kind: 'link-type', value: type, span } : undefined;
  if (isLinkKeyword(text))
    return context.report(
      'no-abbreviation',
      span,
      { text },
      `write '${text} proto', '${text} host' …`,
    );
  if (text === 'radio') return reportUnavailable(context, word);
  return resolveIsoAbbreviation(context, word);
}

/** The keyword that alone means such a protocol, if there is one. */
export function abbreviationOf({
  value,
  families,
}: Pick<Resolved.IpProtocol, 'value' | 'families'>): string | undefined {
  for (const [keyword, transport] of transports)
    if (transport.value === value && transport.families.join() === families.join()) return keyword;
  return undefined;
}

/** The keyword that alone means this type of a link's payload, if there is one. */
export function linkKeyword(value: number): string | undefined {
  return linkTypes.find((keyword) => linkProtocolNumber(keyword) === value);
}
