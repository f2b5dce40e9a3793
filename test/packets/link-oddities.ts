import { bytes, counting, joinBytes, word16, word32, zeros } from './bytes.js';
import { pppProtocols } from './encapsulations.js';
import { insides } from './insides.js';
import { etherTypes } from './link.js';
import { type Packet, whole } from './packet.js';

const inside = insides[0]?.bytes ?? zeros(20);

/** Cooked packets: every direction and type of device, addresses of other lengths, protocols that are not EtherTypes. */
export function oddCooked(): readonly Packet[] {
  const variants = [0, 1, 2, 3, 4, 5, 6, 7, 260, 1024, 0xffff].flatMap((direction) =>
    [1, 280, 772, 778, 803, 824].map((device) => ({ direction, device })),
  );
  const protocols = [0, 1, 2, 3, 4, 8, 0x0c, 0x60, 0xe0, 0xf0, 0xfe, 0x42, 1499, 1500, 1501];
  const header = (direction: number, device: number, protocol: number) =>
    joinBytes(word16(direction), word16(device), word16(8), counting(8, 0xa0), word16(protocol));
  return [
    ...variants.map(({ direction, device }) =>
      whole(
        `cooked direction ${direction} device ${device}`,
        joinBytes(header(direction, device, etherTypes.ip), inside),
      ),
    ),
    ...protocols.flatMap((protocol) =>
      [bytes(0xfe, 0xfe, 3, 0x83), bytes(0xf0, 0xf0, 3, 0), bytes(0xe0, 0xe0, 3, 0), inside].map(
        (payload) =>
          whole(
            `cooked protocol ${protocol} payload ${payload[0]}`,
            joinBytes(header(0, 1, protocol), payload, counting(30)),
          ),
      ),
    ),
  ];
}

/** The same for version 2, and interface numbers. */
export function oddCooked2(): readonly Packet[] {
  const header = (protocol: number, index: number, direction: number) =>
    joinBytes(
      word16(protocol),
      zeros(2),
      word32(index),
      word16(1),
      bytes(direction, 6),
      counting(8),
    );
  const interfaces = [0, 1, 2, 4, 5, 6, 255, 256, 65536, 0x7fffffff, 0x80000000, 0xffffffff];
  const protocols = [0, 1, 4, 6, 0x42, 0xe0, 0xf0, 0xfe, 1500, 1501, 0x2000];
  return [
    ...interfaces.flatMap((index) =>
      [0, 1, 2, 3, 4, 5, 255].map((direction) =>
        whole(
          `cooked 2 interface ${index} direction ${direction}`,
          joinBytes(header(etherTypes.ip, index, direction), inside),
        ),
      ),
    ),
    ...protocols.flatMap((protocol) =>
      [bytes(0xfe, 0xfe, 3, 0x83), bytes(0x42, 0x42, 3, 0), inside].map((payload) =>
        whole(
          `cooked 2 protocol ${protocol} payload ${payload[0]}`,
          joinBytes(header(protocol, 5, 0), payload, counting(30)),
        ),
      ),
    ),
  ];
}

/** Families that no system writes, or writes for something else, in both orders. */
export function oddFamilies(): readonly Packet[] {
  const families = [0, 1, 2, 3, 7, 10, 16, 23, 24, 25, 28, 30, 31, 0x0102, 0x02020202, 0xffffffff];
  return families.flatMap((family) =>
    [inside, insides.find(({ type }) => type === etherTypes.ip6)?.bytes ?? inside].flatMap(
      (payload, index) => [
        whole(`family ${family} big ${index}`, joinBytes(word32(family), payload)),
        whole(`family ${family} little ${index}`, joinBytes(word32(family).toReversed(), payload)),
      ],
    ),
  );
}

/** PPP control protocols, missing or other address bytes, compressed protocol fields. */
export function oddPpp(): readonly Packet[] {
  const protocols = [
    ...Object.values(pppProtocols),
    0xc023,
    0xc223,
    0x8021,
    0x8057,
    0x80fd,
    0x00fd,
    0x0021 << 8,
  ];
  const addresses = [
    bytes(0xff, 3),
    bytes(0x0f, 0),
    bytes(0x8f, 0),
    zeros(2),
    zeros(0),
    bytes(0xff),
  ];
  const pdus = [0x81, 0x82, 0x83].map((first) =>
    joinBytes(bytes(first, 27, 1, 0, 0x12), counting(20)),
  );
  return [
    ...protocols.flatMap((protocol) =>
      addresses.map((address) =>
        whole(
          `ppp ${protocol} after ${address.join('.')}`,
          joinBytes(address, word16(protocol), inside),
        ),
      ),
    ),
    ...pdus.map((pdu) =>
      whole(`ppp iso ${pdu[0]}`, joinBytes(bytes(0xff, 3), word16(pppProtocols.iso), pdu)),
    ),
    whole('ppp compressed protocol', joinBytes(bytes(0xff, 3, 0x21), inside)),
    whole('ppp only protocol', joinBytes(bytes(0x21), inside)),
  ];
}
