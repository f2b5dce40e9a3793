import type { Span } from '../../diagnostics/span.js';
import { accessPoint, etherType } from '../../link/ether-type.js';
import { all, any, type Condition, test } from '../condition.js';
import { type Layer, typeLoad } from '../layer.js';
import { hasAccessPoint, isEtherType, isSnap, startsWithAccessPoint } from './logical-link.js';

/** Types of Linux's own (linux/if_ether.h): frames without LLC, and with. */
const novell = 1;
const logicalLink = 4;

/** DLT_LINUX_SLL: EtherTypes, or access points of LLC up to 1500 (gen_linux_sll_linktype). */
export function isCookedType(layer: Layer, span: Span, value: number): Condition {
  const isOwn = (type: number) => test(span, '==', typeLoad(layer), type);
  const isLogicalLink = () => isOwn(logicalLink);
  if (value > 1500) return isEtherType(layer, span, value, isOwn(value), isLogicalLink);
  if (value !== accessPoint.ipx) return all(isLogicalLink(), hasAccessPoint(layer, span, value));
  return any(
    isOwn(etherType.ipx),
    isOwn(novell),
    all(
      isLogicalLink(),
      any(startsWithAccessPoint(layer, span, value), isSnap(layer, span, 0, etherType.ipx)),
    ),
  );
}
