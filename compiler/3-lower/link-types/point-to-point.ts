import type { Span } from '../../diagnostics/span.js';
import { accessPoint, etherType } from '../../link/ether-type.js';
import { type Condition, test } from '../condition.js';
import { type Layer, typeLoad } from '../layer.js';

/** PPP protocol numbers (IANA) of what has an EtherType or an access point; other numbers are taken as they are. */
const protocols: ReadonlyMap<number, number> = new Map([
  [etherType.ip, 0x21],
  [etherType.ip6, 0x57],
  [etherType.decnet, 0x27],
  [etherType.atalk, 0x29],
  [0x0600, 0x25], // Xerox NS
  [accessPoint.iso, 0x23],
  [accessPoint.bridge, 0x31],
  [accessPoint.ipx, 0x2b],
]);

/** MPLS over PPP (RFC 3032): `mpls` asks for it, `ether proto 0x8847` does not. */
export const labelledProtocol = 0x281;

/** DLT_PPP (ethertype_to_ppptype). */
export function isPointToPointType(layer: Layer, span: Span, value: number): Condition {
  return test(span, '==', typeLoad(layer), protocols.get(value) ?? value);
}
