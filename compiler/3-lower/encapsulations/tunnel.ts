import type * as Resolved from '../../ast/resolved.js';
import { binary, constant, loadAt } from '../../ir/build.js';
import type * as Ir from '../../ir/nodes.js';
import { etherType } from '../../link/ether-type.js';
import { all, any, assign, type Condition, test } from '../condition.js';
import {
  advance,
  ip4HeaderLength,
  type Layer,
  loadIndexed,
  networkPlace,
  type Place,
} from '../layer.js';
import { isPort } from '../protocols/transport.js';
import type { Encapsulation } from './encapsulation.js';

/** UDP destination ports (RFC 8926, RFC 7348), and the network identifier, which both have at the same place. */
const ports = { geneve: 6081, vxlan: 4789 } as const;
const udpHeaderLength = 8;
const ip6HeaderLength = 40;
const networkOffset = 4;

/** Bytes of MAC addresses before an inner frame's type, and of all its link header. */
const addressesLength = 12;
const ethernetHeaderLength = 14;

/**
 * `geneve [vni]`, `vxlan [vni]`: over IPv4 or IPv6; what follows is about the inner packet, whose place depends on the
 * packet (gen_geneve, gen_vxlan). `number` tells this tunnel's variables from those of others.
 */
export function enterTunnel(layer: Layer, tunnel: Resolved.Tunnel, number: number): Encapsulation {
  const { protocol, span } = tunnel;
  const variable = (part: string): Ir.Variable => ({
    kind: 'variable',
    name: `${protocol}_${number}_${part}`,
  });
  const outer = variable('header');
  const [link, type, payload] = [variable('link'), variable('type'), variable('payload')];
  const over = (family: 'ip' | 'ip6') =>
    all(
      isPort(
        layer,
        {
          kind: 'ports',
          protocols: [17],
          direction: 'destination',
          low: ports[protocol],
          high: ports[protocol],
          span,
        },
        [family],
      ),
      isTunnelHeader(layer, tunnel, family),
      assign(span, [outer, sumOf(headerPlace(layer, family))]),
    );
  const places = protocol === 'geneve' ? behindGeneve : behindVxlan;
  return {
    condition: all(any(over('ip'), over('ip6')), places(tunnel, { outer, link, type, payload })),
    inner: {
      link: 'ethernet',
      header: { base: link, offset: 0 },
      type: { base: type, offset: 0 },
      payload: { base: payload, offset: 0 },
      networkOffset: 0,
      labels: layer.labels,
      isTunnel: true,
    },
  };
}

/** A place, and an index that comes on top. */
interface IndexedPlace {
  readonly place: Place;
  readonly index?: Ir.Expression;
}

/** Where the tunnel's header is, behind IP and UDP. */
function headerPlace(layer: Layer, family: 'ip' | 'ip6'): IndexedPlace {
  const network = networkPlace(layer);
  return family === 'ip'
    ? { place: advance(network, udpHeaderLength), index: ip4HeaderLength(layer) }
    : { place: advance(network, ip6HeaderLength + udpHeaderLength) };
}

function sumOf({ place, index }: IndexedPlace): Ir.Expression {
  const offset = constant(place.offset);
  const parts = [place.base, index].filter((part) => part !== undefined);
  return parts.reduce((sum: Ir.Expression, part) => binary('+', part, sum), offset);
}

/** The version of Geneve, the flags of VXLAN; then the network identifier. */
function isTunnelHeader(
  layer: Layer,
  { protocol, network, span }: Resolved.Tunnel,
  family: 'ip' | 'ip6',
): Condition {
  const { place, index = constant(0) } = headerPlace(layer, family);
  const first = loadIndexed(place, 1, index, 0);
  const isHeader =
    protocol === 'geneve'
      ? test(span, '==', binary('&', first, constant(0xc0)), 0)
      : test(span, '==', first, 0x08);
  if (network === undefined) return isHeader;
  const identifier = binary('&', loadIndexed(place, 4, index, networkOffset), constant(0xffffff00));
  return all(isHeader, test(span, '==', identifier, (network << 8) >>> 0));
}

interface TunnelVariables {
  readonly outer: Ir.Variable;
  readonly link: Ir.Variable;
  readonly type: Ir.Variable;
  readonly payload: Ir.Variable;
}

/**
 * Behind the options, in words of four bytes, an Ethernet frame or a network header without link header; of the latter
 * the tunnel's protocol field is the type (gen_geneve_offsets).
 */
function behindGeneve({ span }: Resolved.Tunnel, variables: TunnelVariables): Condition {
  const { outer, link, type, payload } = variables;
  const words = binary('&', loadAt(1, outer, 0), constant(0x3f));
  const length = binary('+', binary('*', words, constant(4)), constant(8));
  const behind = (bytes: number) => binary('+', link, constant(bytes));
  return all(
    assign(span, [link, binary('+', length, outer)]),
    any(
      all(
        test(span, '==', loadAt(2, outer, 2), etherType.transparentEthernet),
        assign(span, [type, behind(addressesLength)], [payload, behind(ethernetHeaderLength)]),
      ),
      assign(span, [type, binary('+', outer, constant(2))], [payload, link]),
    ),
  );
}

/** Always an Ethernet frame, behind a header of eight bytes (gen_vxlan_offsets). */
function behindVxlan({ span }: Resolved.Tunnel, variables: TunnelVariables): Condition {
  const { outer, link, type, payload } = variables;
  const behind = (bytes: number) => binary('+', outer, constant(8 + bytes));
  return assign(
    span,
    [link, behind(0)],
    [type, behind(addressesLength)],
    [payload, behind(ethernetHeaderLength)],
  );
}
