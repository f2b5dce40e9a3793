import type { Span } from '../diagnostics/span.js';
import { binary, constant, load, loadAt } from '../ir/build.js';
import type * as Ir from '../ir/nodes.js';
import { all, always, any, type Condition, test } from './condition.js';

/** Where the headers of a link type are, and how its payload's type is tested. Offsets from the packet's start. */
export interface LinkLayer {
  readonly link: Ir.Link;
  /** Where `ether[0]` is; undefined: every access is out of bounds. */
  readonly linkOffset: number | undefined;
  /** Where the network header is. */
  readonly networkOffset: number;
  /** Whether there are MAC addresses: `ether host` is false without. */
  readonly hasAddresses: boolean;
  /** `link proto value` (gen_linktype). */
  readonly isType: (span: Span, value: number) => Condition;
}

/** EtherTypes (IEEE 802 numbers). */
export const etherType = { ip: 0x0800, arp: 0x0806, rarp: 0x8035, ip6: 0x86dd } as const;

const ipx = 0xe0;
const bothSaps: readonly number[] = [0xfe, 0x06, 0xf0];

/** DLT_EN10MB: destination, source, type or length. */
const ethernet: LinkLayer = {
  link: 'ethernet',
  linkOffset: 0,
  networkOffset: 14,
  hasAddresses: true,
  isType: (span, value) => {
    const type = load(2, 12);
    if (value > 1500) return ethernetType(span, value);
    const isLength = test(span, '<=', type, 1500);
    // ISO, 802.1 bridging and NetBEUI set both SAPs (gen_ether_linktype).
    if (bothSaps.includes(value))
      return all(isLength, test(span, '==', load(2, 14), value * 0x101));
    if (value === ipx)
      return any(
        test(span, '==', type, 0x8137),
        all(
          isLength,
          any(
            snap(span, 0x000000, 0x8137),
            test(span, '==', load(1, 14), ipx),
            test(span, '==', load(2, 14), 0xffff),
          ),
        ),
      );
    return all(isLength, test(span, '==', load(1, 14), value));
  },
};

/** AppleTalk and its ARP also come in SNAP frames (gen_ether_linktype). */
function ethernetType(span: Span, value: number): Condition {
  const direct = test(span, '==', load(2, 12), value);
  const organisation = value === 0x809b ? 0x080007 : value === 0x80f3 ? 0 : undefined;
  if (organisation === undefined) return direct;
  return any(direct, all(test(span, '<=', load(2, 12), 1500), snap(span, organisation, value)));
}

/** LLC SNAP with this organisation code and protocol (gen_snap): the last word is tested first. */
function snap(span: Span, organisation: number, protocol: number): Condition {
  return all(
    test(span, '==', load(4, 18), (((organisation & 0xffff) << 16) | protocol) >>> 0),
    test(span, '==', load(4, 14), (0xaaaa0300 | (organisation >>> 16)) >>> 0),
  );
}

/** DLT_RAW: the IP version is all there is; every other type is false. */
const raw: LinkLayer = {
  link: 'raw',
  linkOffset: 0,
  networkOffset: 0,
  hasAddresses: false,
  isType: (span, value) => {
    const version = value === etherType.ip ? 0x40 : value === etherType.ip6 ? 0x60 : undefined;
    if (version === undefined) return always(span, false);
    return test(span, '==', binary('&', load(1, 0), constant(0xf0)), version);
  },
};

/** A network header without a link header; the target knows its EtherType (skb->protocol). */
const network: LinkLayer = {
  link: 'network',
  linkOffset: undefined,
  networkOffset: 0,
  hasAddresses: false,
  isType: (span, value) =>
    value > 1500 ? test(span, '==', { kind: 'link-protocol' }, value) : always(span, false),
};

/** The link layers by name. */
export const linkLayers: { readonly [link in Ir.Link]: LinkLayer } = { ethernet, raw, network };

/** `width` bytes at `offset` in the network header. */
export function networkLoad(layer: LinkLayer, width: 1 | 2 | 4, offset: number): Ir.Load {
  return load(width, layer.networkOffset + offset);
}

/** Length in bytes of the IPv4 header, as it says itself: 0 to 60, unchecked (RFC 791; BPF_MSH). */
export function ip4HeaderLength(layer: LinkLayer): Ir.Expression {
  return binary('<<', binary('&', networkLoad(layer, 1, 0), constant(0xf)), constant(2));
}

/** `width` bytes at `offset` in what follows the IPv4 header. */
export function ip4PayloadLoad(layer: LinkLayer, width: 1 | 2 | 4, offset: number): Ir.Load {
  return loadAt(width, ip4HeaderLength(layer), layer.networkOffset + offset);
}
