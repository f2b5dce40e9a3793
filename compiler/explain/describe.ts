import { guardOf, keptLoads } from '../2-resolve/checks/facts.js';
import { controlName } from '../2-resolve/llc.js';
import { abbreviationOf, linkKeyword } from '../2-resolve/protocols.js';
import type * as Resolved from '../ast/resolved.js';
import { formatMac, writeIp4, writeIp6 } from './addresses.js';
import { writeArithmetic } from './write-arithmetic.js';

/** What a primitive asks of a packet, in plain words. */
export function describePrimitive(primitive: Resolved.Primitive): string {
  switch (primitive.kind) {
    case 'everything':
      return 'every packet';
    case 'link-type':
      return describeType(primitive.value);
    case 'ether-address':
      return `${ends[primitive.direction]} MAC address is ${formatMac(primitive.address)}`;
    case 'ether-multicast':
      return 'destination MAC address is that of a group: multicast or broadcast';
    case 'ip4-address':
      return `${describeAddress(primitive.direction, 'IPv4', writeIp4(primitive))}, in ${listWords(primitive.protocols.map(nameOf), 'or')} packets`;
    case 'ip6-address':
      return describeAddress(primitive.direction, 'IPv6', writeIp6(primitive));
    case 'ip-protocol':
      return `${describeProtocol(primitive.value)} over ${describeFamilies(primitive)}, fragments included`;
    case 'ip-protocol-chain':
      return `${describeProtocol(primitive.value)} anywhere in the chain of headers of ${describeFamilies(primitive)}`;
    case 'ports':
      return describePorts(primitive);
    case 'ip-multicast':
      return primitive.family === 'ip'
        ? 'IPv4 destination address is multicast: 224.0.0.0/4'
        : 'IPv6 destination address is multicast: ff00::/8';
    case 'iso-protocol':
      return `ISO network protocol ${primitive.value}`;
    case 'isis-type':
      return `IS-IS packet of type ${listWords(primitive.values.map(String), 'or')}`;
    case 'decnet-address':
      return `${ends[primitive.direction]} DECnet address is ${primitive.address >>> 10}.${primitive.address & 0x3ff}`;
    case 'llc':
      return primitive.control
        ? `frame with an LLC header of type ${controlName(primitive.control)}`
        : 'frame with an LLC header';
    case 'vlan':
    case 'mpls':
    case 'pppoe-session':
    case 'tunnel':
      return describeEncapsulation(primitive);
    case 'pppoe-discovery':
      return 'PPPoE discovery';
    case 'packet-direction':
      return primitive.outbound ? 'sent by this host' : 'not sent by this host';
    case 'interface-index':
      return `on the device with index ${primitive.value}`;
    case 'interface-name':
      return `on the device ${primitive.name}`;
    case 'relation':
      return describeRelation(primitive);
  }
}

const ends: { readonly [direction in Resolved.Direction]: string } = {
  source: 'source',
  destination: 'destination',
  either: 'source or destination',
  both: 'source and destination',
};

/** Names as people write them; keywords that are acronyms are in capitals. */
const names: Readonly<Record<string, string>> = {
  ip: 'IPv4',
  ip6: 'IPv6',
  icmp6: 'ICMPv6',
  decnet: 'DECnet',
  atalk: 'AppleTalk',
  aarp: 'AppleTalk ARP',
  netbeui: 'NetBEUI',
};

function nameOf(keyword: string): string {
  return names[keyword] ?? keyword.toUpperCase();
}

function describeType(value: number): string {
  const keyword = linkKeyword(value);
  return keyword === undefined
    ? `payload of type 0x${value.toString(16)}`
    : `${nameOf(keyword)} packet`;
}

/** `host 10.0.0.1` or `net 10.0.0.0/8` of a direction. */
function describeAddress(direction: Resolved.Direction, family: string, written: string): string {
  const [type, ...address] = written.split(' ');
  return `${ends[direction]} ${family} address is ${type === 'net' ? 'in ' : ''}${address.join(' ')}`;
}

function describeProtocol(value: number): string {
  const both = abbreviationOf({ value, families: ['ip', 'ip6'] });
  const keyword =
    both ??
    abbreviationOf({ value, families: ['ip'] }) ??
    abbreviationOf({ value, families: ['ip6'] });
  return keyword === undefined ? `IP protocol ${value}` : nameOf(keyword);
}

function describeFamilies({ families }: Pick<Resolved.IpProtocol, 'families'>): string {
  return listWords(families.map(nameOf), 'or');
}

function describePorts({ protocols, direction, low, high }: Resolved.Ports): string {
  const range = low === high ? `port ${low}` : `port from ${low} to ${high}`;
  const transports = listWords(protocols.map(describeProtocol), 'or');
  return `${transports} with ${ends[direction]} ${range} (first fragments of IPv4, IPv6 without extension headers)`;
}

function describeEncapsulation(
  header: Resolved.Vlan | Resolved.Mpls | Resolved.PppoeSession | Resolved.Tunnel,
): string {
  const inside = 'what is to the right is about what it carries';
  switch (header.kind) {
    case 'vlan':
      return `VLAN tag${withNumber(header.identifier)}; ${inside}`;
    case 'mpls':
      return `MPLS label${withNumber(header.label)}; ${inside}`;
    case 'pppoe-session':
      return `PPPoE session${withNumber(header.session)}; ${inside}`;
    case 'tunnel':
      return `${header.protocol === 'geneve' ? 'Geneve' : 'VXLAN'} over UDP${withNumber(header.network, ' of network ')}; ${inside}`;
  }
}

function withNumber(number: number | undefined, before = ' '): string {
  return number === undefined ? '' : `${before}${number}`;
}

const comparisons: { readonly [operator in Resolved.Relation['operator']]: string } = {
  '=': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is greater than',
  '>=': 'is at least',
};

/** What its accessors test comes first, as it does in the program. */
function describeRelation(relation: Resolved.Relation): string {
  const { left, operator, right } = relation;
  const guards = new Set(keptLoads(relation).map(describeGuard));
  guards.delete('');
  const comparison = `${describeNumber(left)} ${comparisons[operator]} ${describeNumber(right)}`;
  return guards.size === 0 ? comparison : `${[...guards].join(' and ')}, in which ${comparison}`;
}

function describeNumber(node: Resolved.Arithmetic): string {
  return node.kind === 'length' ? 'the length on the wire' : writeArithmetic(node);
}

/** The packets that an accessor reads; none in particular for the link header. */
function describeGuard(load: Resolved.Load): string {
  if (load.protocol === 'link') return '';
  const isTransport = guardOf(load).size > 1;
  if (!isTransport) return `${nameOf(load.protocol)} packet`;
  return load.protocol === 'icmp6'
    ? 'ICMPv6 directly behind IPv6'
    : `first ${nameOf(load.protocol)} fragment over IPv4`;
}

function listWords(words: readonly string[], connective: string): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${connective} ${last}`;
}
