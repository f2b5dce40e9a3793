import type * as Resolved from '../../ast/resolved.js';
import { invariant } from '../../diagnostics/invariant.js';
import type { Span } from '../../diagnostics/span.js';
import { binary, constant, masked } from '../../ir/build.js';
import type * as Ir from '../../ir/nodes.js';
import { etherType } from '../../link/ether-type.js';
import { all, always, any, type Condition, inChain, isIn, test } from '../condition.js';
import { type Layer, networkLoad, networkPlace } from '../layer.js';
import { isType } from '../link-types/index.js';
import type { Ip4List, Ip6List } from '../lists.js';

/** IPv4 protocol and IPv6 Next Header numbers (IANA protocol numbers). */
export const protocolNumber = {
  icmp: 1,
  igmp: 2,
  tcp: 6,
  igrp: 9,
  udp: 17,
  fragment: 44,
  icmp6: 58,
  pim: 103,
  vrrp: 112,
  carp: 112,
  sctp: 132,
} as const;

/** IPv4: RFC 791. */
const ip4 = { fragment: 6, protocol: 9, source: 12, destination: 16 } as const;
/** IPv6: RFC 8200. The Next Header of a Fragment header that follows directly is at 40. */
const ip6 = { nextHeader: 6, source: 8, destination: 24, fragmentNextHeader: 40 } as const;
/** ARP and RARP over Ethernet for IPv4: RFC 826. Hardware and protocol types are not tested, as libpcap. */
const arp = { source: 14, destination: 24 } as const;

/** The packet is IPv4, and of this protocol, fragments included. */
export function isIp4Protocol(layer: Layer, span: Span, value: number): Condition {
  return all(
    isType(layer, span, etherType.ip),
    test(span, '==', networkLoad(layer, 1, ip4.protocol), value),
  );
}

/** The packet is IPv6 and of this protocol, directly or behind one Fragment header. */
export function isIp6Protocol(layer: Layer, span: Span, value: number): Condition {
  const next = networkLoad(layer, 1, ip6.nextHeader);
  return all(
    isType(layer, span, etherType.ip6),
    any(
      test(span, '==', next, value),
      all(
        test(span, '==', next, protocolNumber.fragment),
        test(span, '==', networkLoad(layer, 1, ip6.fragmentNextHeader), value),
      ),
    ),
  );
}

/** `ip proto`, `ip6 proto` and `proto` (gen_proto). */
export function isProtocol(layer: Layer, primitive: Resolved.IpProtocol): Condition {
  const legs = primitive.families.map((family) =>
    family === 'ip'
      ? isIp4Protocol(layer, primitive.span, primitive.value)
      : isIp6Protocol(layer, primitive.span, primitive.value),
  );
  return any(...legs);
}

/** IPv4, this protocol, and the first fragment or none: where a transport header can be read (gen_ipfrag). */
export function isFirstFragment(layer: Layer, span: Span): Condition {
  return test(span, '==', binary('&', networkLoad(layer, 2, ip4.fragment), constant(0x1fff)), 0);
}

/** `src`, `dst`, either (source first) or both, of a test that takes the place to look at. */
export function inDirection<Place>(
  direction: Resolved.Direction,
  places: { readonly source: Place; readonly destination: Place },
  matches: (place: Place) => Condition,
): Condition {
  switch (direction) {
    case 'source':
      return matches(places.source);
    case 'destination':
      return matches(places.destination);
    case 'either':
      return any(matches(places.source), matches(places.destination));
    case 'both':
      return all(matches(places.source), matches(places.destination));
  }
}

/** An IPv4 host or net in IPv4, ARP and RARP headers (gen_hostop). */
export function isIp4Address(layer: Layer, primitive: Resolved.Ip4Address): Condition {
  const { span, address, mask } = primitive;
  return askIp4(layer, primitive, (field) => isMasked(span, field, address, mask));
}

/** The same for a list of them. */
export function isIp4AddressIn(layer: Layer, list: Ip4List): Condition {
  return askIp4(layer, list, (field) => isIn(list.span, [field], list.set));
}

function askIp4(
  layer: Layer,
  question: Pick<Resolved.Ip4Address, 'protocols' | 'direction' | 'span'>,
  matches: (field: Ir.Load) => Condition,
): Condition {
  const legs = question.protocols.map((protocol) =>
    all(
      isType(layer, question.span, etherType[protocol]),
      inDirection(question.direction, protocol === 'ip' ? ip4 : arp, (offset) =>
        matches(networkLoad(layer, 4, offset)),
      ),
    ),
  );
  return any(...legs);
}

/**
 * A list of IPv6 hosts, or of nets with the same mask: as long as what was read may be the beginning of one of them, the
 * next word is.
 */
export function isIp6AddressIn(layer: Layer, { span, direction, prefixes }: Ip6List): Condition {
  return all(
    isType(layer, span, etherType.ip6),
    inDirection(direction, ip6, (offset) => {
      const words = prefixes.map((_, word) => networkLoad(layer, 4, offset + 4 * word));
      return all(...prefixes.map((set) => isIn(span, words.slice(0, set.words), set)));
    }),
  );
}

/** An IPv6 host or net: four words, most significant first, words without a mask skipped (gen_hostop6, 1.11). */
export function isIp6Address(layer: Layer, primitive: Resolved.Ip6Address): Condition {
  const { span } = primitive;
  return all(
    isType(layer, span, etherType.ip6),
    inDirection(primitive.direction, ip6, (offset) => {
      const words = primitive.mask.map((mask, word) =>
        isMasked(
          span,
          networkLoad(layer, 4, offset + 4 * word),
          primitive.address[word] ?? 0,
          mask,
        ),
      );
      return all(...words);
    }),
  );
}

/** `value & mask == wanted`; a mask of 0 asks nothing, and loads nothing. */
function isMasked(span: Span, value: Ir.Load, wanted: number, mask: number): Condition {
  if (mask === 0) return always(span, true);
  return test(span, '==', masked(value, mask, 0xffffffff), wanted);
}

/** `ip multicast` (224/4) and `ip6 multicast` (ff00::/8): gen_multicast. */
export function isIpMulticast(layer: Layer, primitive: Resolved.IpMulticast): Condition {
  const { span } = primitive;
  if (primitive.family === 'ip')
    return all(
      isType(layer, span, etherType.ip),
      test(span, '==', binary('&', networkLoad(layer, 1, ip4.destination), constant(0xf0)), 0xe0),
    );
  return all(
    isType(layer, span, etherType.ip6),
    test(span, '==', networkLoad(layer, 1, ip6.destination), 0xff),
  );
}

/** `protochain`: the protocol anywhere in the chain of headers (gen_protochain). */
export function isInChain(layer: Layer, primitive: Resolved.IpProtocolChain): Condition {
  const { span, value } = primitive;
  const { base, offset } = networkPlace(layer);
  invariant(base === undefined, 'protochain behind a header of variable length');
  const legs = primitive.families.map((family) =>
    all(
      isType(layer, span, etherType[family]),
      inChain(span, { kind: 'header-chain', family, offset, protocol: value }),
    ),
  );
  return any(...legs);
}
