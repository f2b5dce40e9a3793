import type { Span } from '../../diagnostics/span.js';
import { accessPoint, etherType } from '../../link/ether-type.js';
import { all, any, type Condition, test } from '../condition.js';
import { type Layer, loadFrom, typeLoad } from '../layer.js';
import { hasAccessPoint, isEtherType, isSnap, startsWithAccessPoint } from './logical-link.js';

/** The largest type field that is a length (IEEE 802.3). */
const largestLength = 1500;

/** The frame has a length, and so an LLC header (IEEE 802.3). */
export function isLengthFrame(layer: Layer, span: Span): Condition {
  return test(span, '<=', typeLoad(layer), largestLength);
}

/** DLT_EN10MB: EtherTypes, or access points of LLC up to 1500 (gen_ether_linktype). */
export function isEthernetType(layer: Layer, span: Span, value: number): Condition {
  const isLength = () => isLengthFrame(layer, span);
  const isOwn = (type: number) => test(span, '==', typeLoad(layer), type);
  if (value > largestLength) return isEtherType(layer, span, value, isOwn(value), isLength);
  if (value !== accessPoint.ipx) return all(isLength(), hasAccessPoint(layer, span, value));
  return any(
    isOwn(etherType.ipx),
    all(
      isLength(),
      any(
        isSnap(layer, span, 0, etherType.ipx),
        startsWithAccessPoint(layer, span, value),
        test(span, '==', loadFrom(layer.payload, 2, 0), 0xffff),
      ),
    ),
  );
}
