import { invariant, unreachable } from '../../diagnostics/invariant.js';
import type { Span } from '../../diagnostics/span.js';
import { binary, constant, load } from '../../ir/build.js';
import type * as Ir from '../../ir/nodes.js';
import { etherType } from '../../link/ether-type.js';
import { all, always, any, type Condition, test } from '../condition.js';
import { beyondAnyPacket, type Layer, loadFrom, networkPlace, typeLoad } from '../layer.js';
import { isCookedType } from './cooked.js';
import { isEthernetType } from './ethernet.js';
import { isPointToPointType } from './point-to-point.js';

/** The payload is of this type: an EtherType, or an access point of LLC up to 1500 (gen_linktype). */
export function isType(layer: Layer, span: Span, value: number): Condition {
  if (layer.labels > 0) return isLabelledType(layer, span, value);
  switch (layer.link) {
    case 'ethernet':
      return isEthernetType(layer, span, value);
    case 'linux-sll':
      return isCookedType(layer, span, value);
    case 'linux-sll2':
      return test(span, '==', typeLoad(layer), value);
    case 'ppp':
      return isPointToPointType(layer, span, value);
    case 'null':
    case 'loop':
      return isFamily(layer, span, value);
    case 'raw':
      return isVersion(layer, span, value);
    case 'ipv4':
      return always(span, value === etherType.ip);
    case 'ipv6':
      return always(span, value === etherType.ip6);
    case 'network':
      return value > 1500 ? test(span, '==', typeLoad(layer), value) : always(span, false);
    default:
      return unreachable(layer.link);
  }
}

/** The header's first byte tells the version, which is all there is; every other type is false. */
function isVersion(layer: Layer, span: Span, value: number): Condition {
  const version = value === etherType.ip ? 0x40 : value === etherType.ip6 ? 0x60 : undefined;
  if (version === undefined) return always(span, false);
  const first = loadFrom(networkPlace(layer), 1, 0);
  return test(span, '==', binary('&', first, constant(0xf0)), version);
}

/** AF_INET, and AF_INET6 of NetBSD, FreeBSD and Darwin; DLT_NULL is in the byte order of whoever captured. */
const families: ReadonlyMap<number, readonly number[]> = new Map([
  [etherType.ip, [2]],
  [etherType.ip6, [24, 28, 30]],
]);

function isFamily(layer: Layer, span: Span, value: number): Condition {
  const numbers = families.get(value);
  if (numbers === undefined) return always(span, false);
  const spelt =
    layer.link === 'null' ? numbers.flatMap((number) => [number, number * 0x1000000]) : numbers;
  return any(...spelt.map((number) => test(span, '==', typeLoad(layer), number)));
}

/**
 * Behind MPLS labels the version tells the type, if the last label has its bottom-of-stack bit (gen_mpls_linktype,
 * RFC 3032).
 */
function isLabelledType(layer: Layer, span: Span, value: number): Condition {
  invariant(value === etherType.ip || value === etherType.ip6, 'only IP is known behind labels');
  return all(isBottom(layer, span, true), isVersion(layer, span, value));
}

/** Whether the label before has its bottom-of-stack bit. */
export function isBottom(layer: Layer, span: Span, bottom: boolean): Condition {
  return test(span, '==', binary('&', lastLabelByte(layer), constant(1)), bottom ? 1 : 0);
}

/** The byte with the bottom-of-stack bit; in a tunnel whose headers start with no label, no byte at all. */
function lastLabelByte(layer: Layer): Ir.Load {
  const { base, offset } = networkPlace(layer);
  const place = { ...(base && { base }), offset: offset - 2 };
  return place.offset < 0 ? load(1, beyondAnyPacket) : loadFrom(place, 1, 0);
}
