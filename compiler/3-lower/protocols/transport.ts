import type * as Resolved from '../../ast/resolved.js';
import type { Span } from '../../diagnostics/span.js';
import type * as Ir from '../../ir/nodes.js';
import { all, any, type Condition, test } from '../condition.js';
import { ip4PayloadLoad, type Layer, networkLoad } from '../layer.js';
import { etherType, isType } from '../link-types/index.js';
import { inDirection, isFirstFragment } from './ip.js';

/** Source and destination port open the TCP (RFC 9293), UDP (RFC 768) and SCTP (RFC 9260) headers. */
const port = { source: 0, destination: 2 } as const;

/**
 * `port` and `portrange`: over IPv6 with the transport header directly behind the fixed header, then over IPv4
 * in packets that hold the start of the transport header (gen_port6, gen_port).
 */
export function isPort(
  layer: Layer,
  primitive: Resolved.Ports,
  families: readonly ('ip' | 'ip6')[] = ['ip6', 'ip'],
): Condition {
  const { span } = primitive;
  const legs = families.map((family) =>
    all(
      isType(layer, span, etherType[family]),
      family === 'ip6'
        ? anyProtocol(primitive, networkLoad(layer, 1, 6), (place) =>
            networkLoad(layer, 2, 40 + place),
          )
        : anyProtocol(
            primitive,
            networkLoad(layer, 1, 9),
            (place) => ip4PayloadLoad(layer, 2, place),
            isFirstFragment(layer, span),
          ),
    ),
  );
  return any(...legs);
}

function anyProtocol(
  primitive: Resolved.Ports,
  protocolField: Ir.Load,
  portField: (place: number) => Ir.Load,
  first?: Condition,
): Condition {
  const { span, low, high } = primitive;
  const ports = inDirection(primitive.direction, port, (place) =>
    isWithin(span, portField(place), low, high),
  );
  const legs = primitive.protocols.map((protocol) => {
    const isProtocol = test(span, '==', protocolField, protocol);
    return first === undefined ? all(isProtocol, ports) : all(isProtocol, first, ports);
  });
  return any(...legs);
}

function isWithin(span: Span, field: Ir.Load, low: number, high: number): Condition {
  if (low === high) return test(span, '==', field, low);
  return all(test(span, '>=', field, low), test(span, '<=', field, high));
}
