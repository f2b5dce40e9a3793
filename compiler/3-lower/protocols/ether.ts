import type * as Resolved from '../../ast/resolved.js';
import type { Span } from '../../diagnostics/span.js';
import { binary, constant } from '../../ir/build.js';
import { all, always, type Condition, test } from '../condition.js';
import { type Layer, loadFrom, type Place } from '../layer.js';
import { inDirection } from './ip.js';

/** A MAC address at `offset`: the last four bytes are tested before the first two (gen_bcmp). */
export function isEtherAddress(layer: Layer, primitive: Resolved.EtherAddress): Condition {
  const { span, address } = primitive;
  const number = (from: number, to: number) =>
    address.slice(from, to).reduce((value, byte) => value * 256 + byte, 0);
  return inHeader(layer, span, (header) =>
    inDirection(primitive.direction, { source: 6, destination: 0 }, (offset) =>
      all(
        test(span, '==', loadFrom(header, 4, offset + 2), number(2, 6)),
        test(span, '==', loadFrom(header, 2, offset), number(0, 2)),
      ),
    ),
  );
}

/** The group bit, the first bit on the wire (IEEE 802): gen_mac_multicast. */
export function isEtherMulticast(layer: Layer, { span }: Resolved.EtherMulticast): Condition {
  return inHeader(layer, span, (header) =>
    test(span, '!=', binary('&', loadFrom(header, 1, 0), constant(1)), 0),
  );
}

/** A test of MAC addresses: false where there are none, which inside a tunnel the packet tells (gen_encap_ll_check). */
function inHeader(layer: Layer, span: Span, matches: (header: Place) => Condition): Condition {
  const { link, header, payload, isTunnel } = layer;
  if (link !== 'ethernet' || header === undefined) return always(span, false);
  if (!isTunnel || header.base === undefined || payload.base === undefined) return matches(header);
  return all(test(span, '!=', header.base, payload.base), matches(header));
}
