import { isIp4Transport, loadsOf } from '../2-resolve/checks/facts.js';
import {
  ip4HeaderLength,
  ip4PayloadLoad,
  type Layer,
  networkPlace,
  type Place,
  typeLoad,
} from '../3-lower/layer.js';
import type * as Resolved from '../ast/resolved.js';
import { expressionKey } from '../ir/children.js';
import type * as Ir from '../ir/nodes.js';

/** A field's first byte, its length in bytes, its name. */
type Field = readonly [start: number, length: number, name: string];

/** What a primitive's load is of, as far as the place in its layer tells; undefined for bytes without a name. */
export function fieldOf(
  primitive: Resolved.Primitive,
  layer: Layer,
  load: Ir.Load,
): string | undefined {
  const type = typeNames[layer.link];
  if (type !== undefined && expressionKey(load) === expressionKey(typeLoad(layer))) return type;
  return (
    nameIn(networkFields(primitive), networkPlace(layer), load) ??
    nameIn(linkFields(primitive), layer.header, load) ??
    nameBehindHeader(primitive, layer, load)
  );
}

const typeNames: { readonly [link in Ir.Link]?: string } = {
  ethernet: 'EtherType',
  'linux-sll': 'protocol',
  'linux-sll2': 'protocol',
  null: 'address family',
  loop: 'address family',
  ppp: 'PPP protocol',
};

/** IPv4 (RFC 791). */
const ip4: readonly Field[] = [
  [0, 1, 'IP version and header length'],
  [6, 2, 'IPv4 fragment offset'],
  [9, 1, 'IPv4 protocol'],
  [12, 4, 'IPv4 source address'],
  [16, 4, 'IPv4 destination address'],
];
/** IPv6 (RFC 8200). */
const ip6: readonly Field[] = [
  [0, 1, 'IP version'],
  [6, 1, 'IPv6 next header'],
  [8, 16, 'IPv6 source address'],
  [24, 16, 'IPv6 destination address'],
];
/** Of both what a transport protocol is told by; the fragment offset is two bytes wide where it is tested. */
const transport: readonly Field[] = [[6, 1, 'IPv6 next header'], ...ip4.slice(0, 3)];
const ports: readonly Field[] = [
  ...transport,
  [40, 2, 'source port behind IPv6'],
  [42, 2, 'destination port behind IPv6'],
];

/** The fields of the network header that a primitive tests. */
function networkFields(primitive: Resolved.Primitive): readonly Field[] {
  switch (primitive.kind) {
    case 'ip4-address':
      // ARP and RARP over Ethernet (RFC 826) have addresses where IPv4 has others.
      return [...ip4, [14, 4, 'ARP sender address'], [24, 4, 'ARP target address']];
    case 'ip6-address':
      return ip6;
    case 'ip-multicast':
      return primitive.family === 'ip' ? ip4 : ip6;
    case 'ip-protocol':
      return [...transport, [40, 1, 'next header behind an IPv6 Fragment header']];
    case 'ports':
    case 'tunnel':
      return ports;
    case 'relation':
      return relationFields(primitive);
    case 'vlan':
      return [[0, 2, 'VLAN tag']];
    case 'mpls':
      return [[0, 4, 'MPLS label']];
    case 'pppoe-session':
      return [[2, 2, 'PPPoE session']];
    case 'llc':
      return [
        [0, 2, 'LLC access points'],
        [2, 1, 'LLC control field'],
      ];
    default:
      return [];
  }
}

/** An accessor's bytes have the name that they have in the one family that the comparison is about. */
function relationFields(relation: Resolved.Relation): readonly Field[] {
  const families = new Set(loadsOf(relation).map(familyOf));
  const [family] = families;
  return families.size === 1 && family !== undefined ? family : [];
}

function familyOf(load: Resolved.Load): readonly Field[] | undefined {
  const { protocol } = load;
  if (protocol === 'ip6' || protocol === 'icmp6') return ip6;
  return protocol === 'ip' || isIp4Transport(load) ? ip4 : undefined;
}

function linkFields({ kind }: Resolved.Primitive): readonly Field[] {
  if (kind !== 'ether-address' && kind !== 'ether-multicast') return [];
  return [
    [0, 6, 'destination MAC address'],
    [6, 6, 'source MAC address'],
  ];
}

function nameIn(
  fields: readonly Field[],
  place: Place | undefined,
  load: Ir.Load,
): string | undefined {
  const offset = place && offsetFrom(place, load);
  if (offset === undefined) return undefined;
  const end = offset + load.width;
  return fields.find(([start, length]) => start <= offset && end <= start + length)?.[2];
}

/** How far behind a place a load is that is at a fixed distance from it. */
function offsetFrom(place: Place, load: Ir.Load): number | undefined {
  const base = place.base === undefined ? '' : expressionKey(place.base);
  const isBehind = indexKey(load) === base && load.offset >= place.offset;
  return isBehind ? load.offset - place.offset : undefined;
}

/** Ports over IPv4, behind a header whose length depends on the packet. */
function nameBehindHeader(
  { kind }: Resolved.Primitive,
  layer: Layer,
  load: Ir.Load,
): string | undefined {
  if (kind !== 'ports' && kind !== 'tunnel') return undefined;
  const source = ip4PayloadLoad(layer, 2, 0);
  const isBehind = indexKey(source) === indexKey(load);
  const place = load.offset - source.offset;
  return isBehind ? { 0: 'source port', 2: 'destination port' }[place] : undefined;
}

function indexKey({ index }: Ir.Load): string {
  return index === undefined ? '' : expressionKey(index);
}

/** Whether the expression is the length of the layer's IPv4 header. */
export function isHeaderLength(layer: Layer, expression: Ir.Expression): boolean {
  return expressionKey(expression) === expressionKey(ip4HeaderLength(layer));
}
