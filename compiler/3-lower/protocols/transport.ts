import type * as Resolved from '../../ast/resolved.js';
import type { Span } from '../../diagnostics/span.js';
import type * as Ir from '../../ir/nodes.js';
import { etherType } from '../../link/ether-type.js';
import { all, any, type Condition, isIn, test } from '../condition.js';
import { ip4PayloadLoad, type Layer, networkLoad } from '../layer.js';
import { isType } from '../link-types/index.js';
import type { PortList } from '../lists.js';
import { inDirection, isFirstFragment } from './ip.js';

/** Source and destination port open the TCP (RFC 9293), UDP (RFC 768) and SCTP (RFC 9260) headers. */
const port = { source: 0, destination: 2 } as const;

/** The ports of a packet, wherever they are: what is asked of the field that has one. */
interface PortQuestion extends Pick<Resolved.Ports, 'protocols' | 'direction' | 'span'> {
  readonly matches: (field: Ir.Load) => Condition;
}

/** One port of a list. */
export function isPortIn(layer: Layer, list: PortList): Condition {
  const { span, set } = list;
  return askPorts(layer, { ...list, matches: (field) => isIn(span, [field], set) });
}

/**
 * `port` and `portrange`: over IPv6 with the transport header directly behind the fixed header, then over IPv4
 * in packets that hold the start of the transport header (gen_port6, gen_port).
 */
export function isPort(
  layer: Layer,
  primitive: Resolved.Ports,
  families?: readonly ('ip' | 'ip6')[],
): Condition {
  const { span, low, high } = primitive;
  const matches = (field: Ir.Load) => isWithin(span, field, low, high);
  return askPorts(layer, { ...primitive, matches }, families);
}

function askPorts(
  layer: Layer,
  question: PortQuestion,
  families: readonly ('ip' | 'ip6')[] = ['ip6', 'ip'],
): Condition {
  const { span } = question;
  const legs = families.map((family) =>
    all(
      isType(layer, span, etherType[family]),
      family === 'ip6'
        ? anyProtocol(question, networkLoad(layer, 1, 6), (place) =>
            networkLoad(layer, 2, 40 + place),
          )
        : anyProtocol(
            question,
            networkLoad(layer, 1, 9),
            (place) => ip4PayloadLoad(layer, 2, place),
            isFirstFragment(layer, span),
          ),
    ),
  );
  return any(...legs);
}

function anyProtocol(
  question: PortQuestion,
  protocolField: Ir.Load,
  portField: (place: number) => Ir.Load,
  first?: Condition,
): Condition {
  const { span } = question;
  const ports = inDirection(question.direction, port, (place) =>
    question.matches(portField(place)),
  );
  const legs = question.protocols.map((protocol) => {
    const isProtocol = test(span, '==', protocolField, protocol);
    return first === undefined ? all(isProtocol, ports) : all(isProtocol, first, ports);
  });
  return any(...legs);
}

function isWithin(span: Span, field: Ir.Load, low: number, high: number): Condition {
  if (low === high) return test(span, '==', field, low);
  return all(test(span, '>=', field, low), test(span, '<=', field, high));
}
