import { bytes, counting, joinBytes, text, zeros } from './bytes.js';
import {
  type Extension,
  fragmentExtension,
  ip4,
  ip6,
  optionsExtension,
  type Transport,
} from './network.js';
import type { Datagram } from './packet.js';
import { icmp6, opaque, tcp, udp } from './transport.js';

const ends = { source: '2001:db8::1', destination: '2001:db8:1::2' } as const;

const headers: readonly (readonly [string, Extension])[] = [
  ['hop', optionsExtension(0)],
  ['route', optionsExtension(43, 3)],
  ['destination', optionsExtension(60, 2)],
  ['first', fragmentExtension(0, true)],
  ['last', fragmentExtension(185, false)],
  // libpcap does not look behind a mobility header.
  ['mobility', { protocol: 135, build: (next) => joinBytes(bytes(next, 0), zeros(6)) }],
];

const transports: readonly (readonly [string, Transport])[] = [
  ['tcp', tcp(40000, 80, { flags: 0x18, payload: text('GET /') })],
  ['udp', udp(40000, 53, counting(8))],
  ['icmp6', icmp6(143, 0, counting(20))],
  ['nothing', opaque(59, zeros(0))],
];

/**
 * IPv6 packets for protocol chains. No authentication header is followed by another header here: libpcap goes astray
 * there, and we deliberately do not.
 */
export function extensionChains(): readonly Datagram[] {
  return [...short(), ...long(), ...broken(), ...version4()];
}

function chain(note: string, extensions: readonly Extension[], transport: Transport): Datagram {
  return { note: `chain ${note}`, type: 0x86dd, bytes: ip6(ends, transport, extensions) };
}

/** Each pair of headers in front of each transport, and some threes. */
function short(): readonly Datagram[] {
  return transports.flatMap(([name, transport]) =>
    headers.flatMap(([first, extension], index) => [
      ...headers.map(([second, next]) =>
        chain(`${first} ${second} ${name}`, [extension, next], transport),
      ),
      chain(
        `${first} and three more ${name}`,
        [extension, ...[1, 2, 3].map((step) => headers[(index + step) % 5]?.[1] ?? extension)],
        transport,
      ),
    ]),
  );
}

/** Chains far below the 64 headers that libpcap follows in all of a filter, and beyond. */
function long(): readonly Datagram[] {
  return chainsOf(8, 16, 65, 66, 80);
}

/** Chains around those 64: for filters with one `protochain` only, because each of ours has its own count. */
export function longestChains(): readonly Datagram[] {
  return chainsOf(33, 62, 63, 64, 65, 66);
}

function chainsOf(...lengths: readonly number[]): readonly Datagram[] {
  return lengths.flatMap((length) =>
    transports.map(([name, transport]) =>
      chain(
        `of ${length} ${name}`,
        Array.from({ length }, () => optionsExtension(60)),
        transport,
      ),
    ),
  );
}

/** Headers that claim more than there is, and chains that end with a header. */
function broken(): readonly Datagram[] {
  const claims = [1, 3, 31, 255].map(
    (words): Extension => ({
      protocol: 60,
      build: (next) => joinBytes(bytes(next, words), zeros(6)),
    }),
  );
  return [
    ...claims.flatMap((claim) =>
      transports.map(([name, transport]) => chain(`claimed longer ${name}`, [claim], transport)),
    ),
    ...[0, 43, 44, 60].map((protocol) =>
      chain(`ends with ${protocol}`, [optionsExtension(0)], opaque(protocol, zeros(0))),
    ),
  ];
}

/** To IPv4 the numbers of extension headers are protocols like any other. */
function version4(): readonly Datagram[] {
  const fields = { source: '10.0.0.1', destination: '192.168.1.1' };
  return [0, 43, 44, 60, 59, 135].map((protocol) => ({
    note: `chain of ip4 ${protocol}`,
    type: 0x0800,
    bytes: ip4(fields, opaque(protocol, joinBytes(bytes(6, 0), counting(30)))),
  }));
}
