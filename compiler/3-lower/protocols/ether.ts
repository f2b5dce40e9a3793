import type * as Resolved from '../../ast/resolved.js';
import { binary, constant, load } from '../../ir/build.js';
import { all, always, type Condition, test } from '../condition.js';
import type { LinkLayer } from '../link-layer.js';
import { inDirection } from './ip.js';

/** A MAC address at `offset`: the last four bytes are tested before the first two (gen_bcmp). */
export function isEtherAddress(layer: LinkLayer, primitive: Resolved.EtherAddress): Condition {
  const { span, address } = primitive;
  if (!layer.hasAddresses) return always(span, false);
  const number = (from: number, to: number) =>
    address.slice(from, to).reduce((value, byte) => value * 256 + byte, 0);
  return inDirection(primitive.direction, { source: 6, destination: 0 }, (offset) =>
    all(
      test(span, '==', load(4, offset + 2), number(2, 6)),
      test(span, '==', load(2, offset), number(0, 2)),
    ),
  );
}

/** The group bit, the first bit on the wire (IEEE 802): gen_mac_multicast. */
export function isEtherMulticast(layer: LinkLayer, primitive: Resolved.EtherMulticast): Condition {
  if (!layer.hasAddresses) return always(primitive.span, false);
  return test(primitive.span, '!=', binary('&', load(1, 0), constant(1)), 0);
}
