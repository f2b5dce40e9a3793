import { bytes, joinBytes, word32 } from '../packets/bytes.js';
import { type Ip4, ip4, ip4Fragments, type Transport } from '../packets/network.js';
import { tcp, udp } from '../packets/transport.js';

/** A frame, and where its bytes are to lie: see fragments-send.c. */
export interface PlacedFrame {
  readonly linear: number;
  readonly boundary: number;
  readonly bytes: Uint8Array;
}

/** Frames that are sent while a hook is attached, and what is captured there. */
export interface FragmentCase {
  readonly name: string;
  readonly hook: string;
  readonly filter: string;
  readonly frames: readonly PlacedFrame[];
  /** What matches, in the order in which it comes. */
  readonly captured: readonly Uint8Array[];
  /** How many of them are not captured whole. */
  readonly truncated?: number;
}

/** Addresses of the receiver, and a size of packets that its interface has to allow. */
export const receiver = { mac: '02:00:00:00:00:02', address: '10.77.0.2', mtu: 9000 } as const;

const ends: Ip4 = { source: '10.77.0.1', destination: receiver.address };
const ethernet = bytes(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0);
const udpPort = 40001;
const tcpPort = 40002;

/** Ethernet and IPv4 header. */
const transportOffset = 34;

/** Bytes in which no two neighbourhoods are alike. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8) * 13) & 0xff);
}

function frame(transport: Transport): Uint8Array {
  return joinBytes(ethernet, ip4(ends, transport));
}

/** What a filter compares a load with. */
function hexAt(frameBytes: Uint8Array, offset: number): string {
  return `0x${Buffer.from(frameBytes.subarray(offset, offset + 4)).toString('hex')}`;
}

/**
 * All that a filter reads is behind the linear area, or half of it is; ports, flags and data lie in one page fragment or
 * across two.
 */
export function pageFragmentCases(): readonly FragmentCase[] {
  const hook = 'netif_receive_skb';
  const places = [
    [14, 14],
    [14, 4000],
    ...[15, 24, 33, 34, 35, 36, 37, 38, 54, 55, 56, 57].map((edge) => [14, edge]),
    ...[15, 24, 33, 34, 35, 36, 37, 38, 54, 55, 56, 57].map((edge) => [edge, edge + 2]),
    ...[15, 24, 33, 34, 35, 36, 37, 38, 54, 55, 56, 57].map((edge) => [edge, 200]),
  ] as const;
  const place = (bytes: Uint8Array) =>
    places.map(([linear = 0, boundary = 0]) => ({ linear, boundary, bytes }));
  const each = (bytes: Uint8Array) => places.map(() => bytes);
  const datagram = frame(udp(40000, udpPort, pattern(1000)));
  const segment = frame(
    tcp(40000, tcpPort, { payload: joinBytes(word32(0xcafef00d), pattern(300)) }),
  );
  const others = [
    frame(udp(40000, udpPort + 2, pattern(1000))),
    frame(tcp(40000, tcpPort, { payload: pattern(300) })),
  ].flatMap(place);
  const jumbo = frame(udp(40000, udpPort, pattern(8900)));
  const deep = [100, 4092, 4093, 4094, 4095, 4096, 8190, 8938];
  return [
    {
      name: 'ports',
      hook,
      filter: `udp port ${udpPort}`,
      frames: [...place(datagram), ...others],
      captured: each(datagram),
    },
    {
      name: 'ports and data',
      hook,
      filter: `tcp dst port ${tcpPort} and tcp[20:4] = 0xcafef00d`,
      frames: [...place(segment), ...others],
      captured: each(segment),
    },
    {
      name: 'three page fragments',
      hook,
      filter: `udp port ${udpPort} and ${deep.map((at) => `ether[${at}:4] = ${hexAt(jumbo, at)}`).join(' and ')}`,
      frames: [...place(jumbo), ...place(datagram)],
      captured: each(jumbo),
    },
  ];
}

/**
 * Datagrams that the receiver's IP has put together: the first fragment's skb, with the others in its frag_list, and
 * their pages in its own fragments as far as there is room. They are seen where UDP drops them.
 */
export function reassembledCases(): readonly FragmentCase[] {
  const hook = 'kfree_skb';
  const size = 1480;
  const whole = (identification: number, payload: Uint8Array) => {
    const fields = { ...ends, identification };
    const transport = udp(40000, udpPort, payload);
    const fragments = ip4Fragments(fields, transport, size).map((fragment) =>
      joinBytes(ethernet, fragment),
    );
    return { fragments, bytes: joinBytes(ethernet, ip4(fields, transport)) };
  };
  const make = (name: string, identification: number, payload: number, linear: number) => {
    const { fragments, bytes } = whole(identification, pattern(payload));
    const seam = transportOffset + size;
    const loads = [200, seam - 4, seam - 2, seam, seam + 1, bytes.length - 4];
    return {
      name,
      hook,
      filter: `udp dst port ${udpPort} and ${loads.map((at) => `ether[${at}:4] = ${hexAt(bytes, at)}`).join(' and ')}`,
      frames: [
        ...fragments,
        ...whole(
          identification + 1,
          pattern(payload).map((byte) => byte ^ 1),
        ).fragments,
      ].map((each) => ({ linear: Math.min(linear, each.length), boundary: 14, bytes: each })),
      captured: [bytes],
    };
  };
  return [
    make('frag_list of linear skbs', 10, 4000, 1514),
    make('frag_list of 44 linear skbs', 20, 65000, 1514),
    make('frag_list of skbs with a linear area and a page fragment', 30, 30000, 100),
    make('more page fragments than the first skb holds', 40, 40000, 14),
  ];
}
