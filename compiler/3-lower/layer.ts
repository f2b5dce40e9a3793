import { binary, constant, load, loadAt } from '../ir/build.js';
import type * as Ir from '../ir/nodes.js';

/** A place in the packet: behind its start, or behind where a variable says. */
export interface Place {
  readonly base?: Ir.Variable;
  readonly offset: number;
}

/**
 * Where the headers are that the text at this point is about. `vlan`, `mpls`, `pppoes`, `geneve` and `vxlan` change it
 * for all text to their right (the compiler state of gencode.c).
 */
export interface Layer {
  readonly link: Ir.Link;
  /** Where `ether[0]` is; absent: every access is out of bounds. */
  readonly header?: Place;
  /** Where the payload's type is; absent: the target knows it. */
  readonly type?: Place;
  /** Where the link's payload is. */
  readonly payload: Place;
  /** Bytes of labels between there and the network header. */
  readonly networkOffset: number;
  /** Labels that have been passed. They count on inside a tunnel, as in libpcap. */
  readonly labels: number;
  /** Whether a tunnel may have left out the link header: then header and payload are at one place. */
  readonly isTunnel: boolean;
}

/** Offsets of header, type and payload of each link type (init_linktype). */
const offsets: { readonly [link in Ir.Link]: readonly [type: number, payload: number] } = {
  ethernet: [12, 14],
  raw: [0, 0],
  ipv4: [0, 0],
  ipv6: [0, 0],
  'linux-sll': [14, 16],
  'linux-sll2': [0, 20],
  null: [0, 4],
  loop: [0, 4],
  ppp: [2, 4],
  network: [0, 0],
};

/** The outermost layer of packets that start this way. */
export function outermostLayer(link: Ir.Link): Layer {
  const [type, payload] = offsets[link];
  const known = link === 'network' ? {} : { header: { offset: 0 }, type: { offset: type } };
  return {
    link,
    ...known,
    payload: { offset: payload },
    networkOffset: 0,
    labels: 0,
    isTunnel: false,
  };
}

/** The place so many bytes on. */
export function advance(place: Place, bytes: number): Place {
  return { ...place, offset: place.offset + bytes };
}

/** `width` bytes at `offset` behind the place. */
export function loadFrom(place: Place, width: 1 | 2 | 4, offset: number): Ir.Load {
  const end = place.offset + offset;
  return place.base === undefined ? load(width, end) : loadAt(width, place.base, end);
}

/** `width` bytes at `index + offset` behind the place; the sum of variable and index wraps around, no other. */
export function loadIndexed(
  place: Place,
  width: 1 | 2 | 4,
  index: Ir.Expression,
  offset: number,
): Ir.Load {
  const end = place.offset + offset;
  const isForward = index.kind === 'constant' && index.value + end <= 0x7fffffff;
  if (isForward) return loadFrom(place, width, index.value + offset);
  return loadAt(width, place.base === undefined ? index : binary('+', place.base, index), end);
}

/** Where the network header is. */
export function networkPlace(layer: Layer): Place {
  return advance(layer.payload, layer.networkOffset);
}

/** `width` bytes at `offset` in the network header. */
export function networkLoad(layer: Layer, width: 1 | 2 | 4, offset: number): Ir.Load {
  return loadFrom(networkPlace(layer), width, offset);
}

/** Length in bytes of the IPv4 header, as it says itself: 0 to 60, unchecked (RFC 791; BPF_MSH). */
export function ip4HeaderLength(layer: Layer): Ir.Expression {
  return binary('<<', binary('&', networkLoad(layer, 1, 0), constant(0xf)), constant(2));
}

/** `width` bytes at `index` in what follows the IPv4 header; negative from the sum on: `tcp[-20]` is in that header. */
export function ip4PayloadLoad(
  layer: Layer,
  width: 1 | 2 | 4,
  index: Ir.Expression | number,
): Ir.Load {
  const place = networkPlace(layer);
  const header = ip4HeaderLength(layer);
  if (typeof index === 'number') return loadIndexed(place, width, header, index);
  return index.kind === 'constant' && index.value <= 0x7fffffff
    ? loadIndexed(place, width, header, index.value)
    : loadIndexed(place, width, binary('+', header, index), 0);
}

/** An offset beyond any packet: the load's guard always fails. */
export const beyondAnyPacket = 0xfffffff0;

/** The type of the payload, as wide as the link type has it. */
export function typeLoad(layer: Layer): Ir.Expression {
  if (layer.type === undefined) return { kind: 'metadata', field: 'protocol' };
  return loadFrom(layer.type, layer.link === 'null' || layer.link === 'loop' ? 4 : 2, 0);
}
