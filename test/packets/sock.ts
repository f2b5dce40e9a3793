import { address4, address6 } from './addresses.js';
import { bytes, counting, joinBytes, text, word16, word32, zeros } from './bytes.js';
import { addresses4, addresses6, lengths, ports } from './constants.js';
import { type Packet, whole } from './packet.js';
import { protocols } from './transport.js';

/** What a socket knows of a packet, and what the skb beside it holds. */
export interface SockPacket {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

/** A packet just as the sock target synthesises it: fields that a socket does not know have fixed values. */
export function sockPacket(fields: SockPacket): Uint8Array {
  const transport = joinBytes(transportHeader(fields), fields.payload);
  const isIp6 = fields.source.includes(':');
  const network = isIp6 ? ip6Header(fields, transport) : ip4Header(fields, transport);
  return joinBytes(zeros(12), word16(isIp6 ? 0x86dd : 0x0800), network, transport);
}

function ip4Header(fields: SockPacket, transport: Uint8Array): Uint8Array {
  return joinBytes(
    bytes(0x45, 0),
    word16(20 + transport.length),
    zeros(4),
    bytes(64, fields.protocol, 0, 0),
    address4(fields.source),
    address4(fields.destination),
  );
}

function ip6Header(fields: SockPacket, transport: Uint8Array): Uint8Array {
  return joinBytes(
    word32(0x60000000),
    word16(transport.length),
    bytes(fields.protocol, 64),
    address6(fields.source),
    address6(fields.destination),
  );
}

/** TCP and UDP have a header to synthesise; what a raw socket carries begins with its own. */
function transportHeader(fields: SockPacket): Uint8Array {
  const portPair = joinBytes(word16(fields.sourcePort), word16(fields.destinationPort));
  switch (fields.protocol) {
    case protocols.tcp:
      return joinBytes(portPair, zeros(8), bytes(0x50), zeros(7));
    case protocols.udp:
      return joinBytes(portPair, word16(8 + fields.payload.length), zeros(2));
    default:
      return zeros(0);
  }
}

/** The packets that verdicts of the sock target are compared on, all of them captured whole. */
export function sockPackets(): readonly Packet[] {
  const usual4 = { source: '192.168.1.2', destination: '10.0.0.1', protocol: 6 };
  const usual6 = { source: '2001:db8::1', destination: '2001:db8:1::2', protocol: 17 };
  // A socket with an IPv4-mapped address sends IPv4.
  const unmapped = addresses6.filter((address) => !address.startsWith('::ffff:'));
  const portless = { sourcePort: 40000, destinationPort: 40001, payload: counting(12) };
  return [
    ...[usual4, usual6].flatMap((usual) =>
      ports.flatMap((port) =>
        [6, 17].flatMap((protocol) => [
          sample({ ...usual, ...portless, protocol, sourcePort: port }),
          sample({ ...usual, ...portless, protocol, destinationPort: port }),
        ]),
      ),
    ),
    ...neighbours(addresses4).map(([source, destination]) =>
      sample({ ...usual4, ...portless, source, destination }),
    ),
    ...neighbours(unmapped).map(([source, destination]) =>
      sample({ ...usual6, ...portless, source, destination }),
    ),
    ...[usual4, usual6].flatMap((usual) => [...payloads(usual), ...otherProtocols(usual)]),
  ];
}

function sample(fields: SockPacket): Packet {
  const { source, sourcePort, destination, destinationPort, protocol, payload } = fields;
  const ends = `${source} port ${sourcePort} to ${destination} port ${destinationPort}`;
  const note = `sock protocol ${protocol}, ${ends}, ${payload.length} bytes`;
  return whole(note, sockPacket(fields));
}

/** Each address as source, as destination, and with itself. */
function neighbours(addresses: readonly string[]): readonly (readonly [string, string])[] {
  return addresses.flatMap((address, index) => {
    const next = addresses[(index + 1) % addresses.length] ?? address;
    return [
      [address, next],
      [address, address],
    ] as const;
  });
}

type Ends = Pick<SockPacket, 'source' | 'destination'>;

/** Payloads that filters look into, and lengths that they compare with. */
function payloads(ends: Ends): readonly Packet[] {
  const contents = [
    zeros(0),
    text('G'),
    text('GET / HTTP/1.1\r\n\r\n'),
    text('POST /form HTTP/1.1\r\n\r\n'),
    text('SSH-2.0-x'),
    bytes(0x16, 3, 1, 0, 0x2e, 1),
    ...lengths
      .filter((length) => length >= 74 && length <= 1600)
      .map((length) => counting(length - 74)),
  ];
  return contents.flatMap((payload) => [
    sample({ ...ends, protocol: protocols.tcp, sourcePort: 40000, destinationPort: 80, payload }),
    sample({ ...ends, protocol: protocols.udp, sourcePort: 53, destinationPort: 123, payload }),
  ]);
}

/** Raw sockets: the payload begins with the transport header, if there is any. */
function otherProtocols(ends: Ends): readonly Packet[] {
  const numbers = [0, 1, 2, 9, 47, 50, 51, 58, 89, 103, 112, 132, 136, 255];
  return numbers.flatMap((protocol) =>
    [zeros(0), counting(2), joinBytes(word16(443), word16(80), counting(16)), counting(64, 8)].map(
      (payload) => sample({ ...ends, protocol, sourcePort: 0, destinationPort: 0, payload }),
    ),
  );
}
