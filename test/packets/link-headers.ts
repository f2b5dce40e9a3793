import { bytes, joinBytes, word16, word32 } from './bytes.js';
import { pppProtocols } from './encapsulations.js';
import { etherTypes } from './link.js';
import type { Datagram } from './packet.js';
import { pppProtocolOf } from './sessions.js';

/** The longest 802.3 length: where a type would stand, anything above it is one. */
const longestFrame = 1500;

const hardwareTypes = [1, 772, 778, 65534, 512, 0xffff] as const;
const interfaces = [1, 2, 5, 0, 6, 256, 0xffffffff] as const;

function at<Item>(items: readonly [Item, ...Item[]], index: number): Item {
  return items[index % items.length] ?? items[0];
}

/** Protocol of a cooked packet: the EtherType, or that 802.2 (4) or raw 802.3 (1) follows. */
function cookedProtocol({ type, bytes: payload }: Datagram): number {
  if (type > longestFrame) return type;
  return payload[0] === 0xff && payload[1] === 0xff ? 1 : 4;
}

/** LINKTYPE_LINUX_SLL; packet type, device type and address length vary with `index`. */
export function linuxSll(datagram: Datagram, index: number): Uint8Array {
  return joinBytes(
    word16(index % 5),
    word16(at(hardwareTypes, index)),
    word16(index % 7 === 0 ? 0 : 6),
    bytes(2, 0, 0, 0, 0, index, 0, 0),
    word16(cookedProtocol(datagram)),
    datagram.bytes,
  );
}

/** LINKTYPE_LINUX_SLL2; also the interface varies. */
export function linuxSll2(datagram: Datagram, index: number): Uint8Array {
  return joinBytes(
    word16(cookedProtocol(datagram)),
    word16(0),
    word32(at(interfaces, index)),
    word16(at(hardwareTypes, index)),
    bytes(index % 5, 6),
    bytes(2, 0, 0, 0, 0, index, 0, 0),
    datagram.bytes,
  );
}

/** Address families of the systems that write LINKTYPE_NULL; AF_INET6 is another number on each. */
const ip6Families = [24, 28, 30, 10, 23] as const;

function family({ type }: Datagram, index: number): number {
  switch (type) {
    case etherTypes.ip:
      return 2;
    case etherTypes.ip6:
      return at(ip6Families, index);
    case 0x809b:
      return 16;
    default:
      return type > longestFrame ? type & 0xff : 7;
  }
}

/** LINKTYPE_LOOP: the family in network order. */
export function loop(datagram: Datagram, index: number): Uint8Array {
  return joinBytes(word32(family(datagram, index)), datagram.bytes);
}

/** LINKTYPE_NULL: the family in the order of the machine that captured, here in turn both. */
export function nullHeader(datagram: Datagram, index: number): Uint8Array {
  const value = word32(family(datagram, index));
  return joinBytes((index >> 2) % 2 === 0 ? value.toReversed() : value, datagram.bytes);
}

/** LINKTYPE_PPP with the address and control bytes; LLC has no place there, OSI and spanning tree do. */
export function pppFrame(datagram: Datagram): Uint8Array {
  const { type, bytes: payload } = datagram;
  const header = (protocol: number) => joinBytes(bytes(0xff, 3), word16(protocol));
  if (type > longestFrame) return joinBytes(header(pppProtocolOf(type)), payload);
  switch (payload[0]) {
    case 0xfe:
      return joinBytes(header(pppProtocols.iso), payload.subarray(3));
    case 0x42:
      return joinBytes(header(pppProtocols.spanningTree), payload.subarray(3));
    case 0xe0:
      return joinBytes(header(pppProtocols.ipx), payload.subarray(3));
    default:
      return joinBytes(header(payload[0] ?? 0), payload);
  }
}
