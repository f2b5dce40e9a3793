import type { Span } from '../../diagnostics/span.js';
import { accessPoint, etherType } from '../../link/ether-type.js';
import { all, any, type Condition, test } from '../condition.js';
import { advance, type Layer, loadFrom } from '../layer.js';

const bothAccessPoints: readonly number[] = [accessPoint.iso, accessPoint.ip, accessPoint.netbeui];

/**
 * The LLC header has this destination. ISO, IP and NetBEUI set both access points; the others are looked for behind
 * the link's type, which behind a tunnel need not be where the payload is (gen_ether_linktype, gen_linux_sll_linktype).
 */
export function hasAccessPoint(layer: Layer, span: Span, value: number): Condition {
  return bothAccessPoints.includes(value)
    ? test(span, '==', loadFrom(layer.payload, 2, 0), value * 0x101)
    : test(span, '==', loadFrom(advance(layer.type ?? layer.payload, 2), 1, 0), value);
}

/** The payload starts with this destination access point. */
export function startsWithAccessPoint(layer: Layer, span: Span, value: number): Condition {
  return test(span, '==', loadFrom(layer.payload, 1, 0), value);
}

/** LLC SNAP with this organisation code and protocol: the last word is tested first (gen_snap). */
export function isSnap(
  layer: Layer,
  span: Span,
  organisation: number,
  protocol: number,
): Condition {
  const last = (((organisation & 0xffff) << 16) | protocol) >>> 0;
  const first = (0xaaaa0300 | (organisation >>> 16)) >>> 0;
  return all(
    test(span, '==', loadFrom(layer.payload, 4, 4), last),
    test(span, '==', loadFrom(layer.payload, 4, 0), first),
  );
}

/** An EtherType as the link header's own type, or for AppleTalk and its ARP in a SNAP frame as well. */
export function isEtherType(
  layer: Layer,
  span: Span,
  value: number,
  own: Condition,
  isLogicalLink: () => Condition,
): Condition {
  const organisation =
    value === etherType.atalk ? 0x080007 : value === etherType.aarp ? 0 : undefined;
  if (organisation === undefined) return own;
  return any(own, all(isLogicalLink(), isSnap(layer, span, organisation, value)));
}
