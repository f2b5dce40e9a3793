import { bytes, counting, joinBytes, word16, zeros } from './bytes.js';
import type { Datagram } from './packet.js';

/** Network protocols that have an EtherType of their own and are neither IP nor ARP. */
export function otherProtocols(): readonly Datagram[] {
  return [...decnet(), ...digital(), ...maintenance()];
}

/** DECnet addresses as `area.node`: the corpus' own, neighbours, the ends of the bits. */
const addresses = ['1.1', '1.2', '2.1', '10.123', '10.122', '0.0', '63.1023', '0.1'] as const;

function decnetAddress(address: (typeof addresses)[number]): Uint8Array {
  const [area = 0, node = 0] = address.split('.').map(Number);
  const number = (area << 10) | node;
  return bytes(number, number >>> 8);
}

/** Long and short data packets, with and without a byte of padding, and routing messages. */
function decnet(): readonly Datagram[] {
  const long = (source: Uint8Array, destination: Uint8Array) =>
    joinBytes(
      bytes(0x2e, 0, 0, 0xaa, 0, 4, 0),
      destination,
      bytes(0, 0, 0xaa, 0, 4, 0),
      source,
      bytes(0, 0, 0, 0),
    );
  const short = (source: Uint8Array, destination: Uint8Array) =>
    joinBytes(bytes(0x0a), destination, source, bytes(0));
  const messages = addresses.flatMap((address, index) => {
    const ends = [
      decnetAddress(address),
      decnetAddress(addresses[(index + 1) % addresses.length] ?? '1.1'),
    ] as const;
    return [
      [`long ${address}`, long(...ends)],
      [`short ${address}`, short(...ends)],
    ] as const;
  });
  const own = decnetAddress('1.1');
  return [
    decnetPacket('long to itself', long(own, own)),
    ...messages.flatMap(([note, message]) => [
      decnetPacket(note, joinBytes(message, counting(20))),
      decnetPacket(`${note} padded`, joinBytes(bytes(0x81), message, counting(20))),
    ]),
    ...[0x05, 0x07, 0x0b, 0x0d, 0x80, 0x82, 0x86].map((flags) =>
      decnetPacket(`flags ${flags}`, joinBytes(bytes(flags), counting(30))),
    ),
  ];
}

function decnetPacket(note: string, message: Uint8Array): Datagram {
  const length = bytes(message.length, message.length >>> 8);
  return { note: `decnet ${note}`, type: 0x6003, bytes: joinBytes(length, message) };
}

/** Digital's other protocols. */
function digital(): readonly Datagram[] {
  const named = [
    ['mopdl', 0x6001],
    ['moprc', 0x6002],
    ['lat', 0x6004],
    ['sca', 0x6007],
  ] as const;
  return named.flatMap(([note, type]) => [
    { note, type, bytes: counting(46, 1) },
    { note: `${note} of zeros`, type, bytes: zeros(46) },
  ]);
}

/** What keeps links and switches going. */
function maintenance(): readonly Datagram[] {
  return [
    { note: 'loopback', type: 0x9000, bytes: joinBytes(word16(0), word16(0x0100), counting(42)) },
    {
      note: 'lldp',
      type: 0x88cc,
      bytes: joinBytes(bytes(2, 7, 4, 2, 0, 0, 0, 0, 1), counting(37)),
    },
    { note: 'slow lacp', type: 0x8809, bytes: joinBytes(bytes(1, 1, 1, 20), counting(106)) },
    { note: 'slow marker', type: 0x8809, bytes: joinBytes(bytes(2, 1, 1, 16), counting(106)) },
    { note: 'pause', type: 0x8808, bytes: joinBytes(word16(1), word16(0xffff), zeros(42)) },
    { note: 'eapol', type: 0x888e, bytes: joinBytes(bytes(2, 1, 0, 0), zeros(42)) },
    { note: 'ptp', type: 0x88f7, bytes: joinBytes(bytes(0x10, 2, 0, 54), counting(50)) },
    {
      note: 'wake on lan',
      type: 0x0842,
      bytes: joinBytes(bytes(255, 255, 255, 255, 255, 255), zeros(96)),
    },
    { note: 'ata over ethernet', type: 0x88a2, bytes: counting(46, 0x10) },
    { note: 'profinet', type: 0x8892, bytes: counting(46, 0x80) },
    { note: 'macsec', type: 0x88e5, bytes: counting(46, 0x2c) },
    { note: 'bridged frame', type: 0x6558, bytes: counting(46) },
    { note: 'wol is no ip', type: 0x0801, bytes: counting(46, 0x45) },
  ];
}
