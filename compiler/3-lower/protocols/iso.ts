import type * as Resolved from '../../ast/resolved.js';
import type { Span } from '../../diagnostics/span.js';
import { binary, constant } from '../../ir/build.js';
import type * as Ir from '../../ir/nodes.js';
import { accessPoint } from '../../link/ether-type.js';
import { all, any, type Condition, test } from '../condition.js';
import { type Layer, loadFrom } from '../layer.js';
import { isType } from '../link-types/index.js';

/** Network layer protocol identifier (ISO/IEC TR 9577) of IS-IS, and where its PDU type is (ISO/IEC 10589). */
const intermediateSystems = 0x83;
const typeOffset = 4;

/** `iso proto N`: the first byte of the network header (gen_proto, Q_ISO). */
export function isIsoProtocol(layer: Layer, { span, value }: Resolved.IsoProtocol): Condition {
  return all(isType(layer, span, accessPoint.iso), test(span, '==', isoLoad(layer, 0), value));
}

/** `isis proto N` and the words for types: the lower five bits of the type (gen_proto, Q_ISIS). */
export function isIsisType(layer: Layer, primitive: Resolved.IsisType): Condition {
  const { span } = primitive;
  return any(...primitive.values.map((value) => isOfType(layer, span, value)));
}

function isOfType(layer: Layer, span: Span, value: number): Condition {
  return all(
    isIsoProtocol(layer, { kind: 'iso-protocol', value: intermediateSystems, span }),
    test(span, '==', binary('&', isoLoad(layer, typeOffset), constant(0x1f)), value),
  );
}

/** A byte of the network header: on Ethernet three bytes of LLC stand before it. */
function isoLoad(layer: Layer, offset: number): Ir.Load {
  return loadFrom(layer.payload, 1, offset + (layer.link === 'ethernet' ? 3 : 0));
}
