import { address4 } from './addresses.js';
import { bytes, counting, joinBytes, text, zeros } from './bytes.js';
import { ip4, type Transport } from './network.js';
import { ah, esp, gre, icmp, igmp, opaque, sctp, tcp, udp, vrrp } from './transport.js';

/** TCP options of 12 bytes: no-operation twice, then timestamps. */
export const tcpOptions = joinBytes(bytes(1, 1, 8, 10), counting(8, 0x60));

/** One SCTP data chunk. */
export const dataChunk = joinBytes(bytes(0, 3, 0, 20), counting(16, 0x20));

const inner = ip4({ source: '10.0.0.1', destination: '10.0.0.2' }, udp(53, 40000, zeros(4)));

/** The protocols that have ports, and how to make a packet with two of them. */
export const segments: readonly (readonly [
  string,
  (source: number, destination: number) => Transport,
])[] = [
  ['tcp', (source, destination) => tcp(source, destination, { flags: 0x12 })],
  ['udp', (source, destination) => udp(source, destination, counting(10))],
  ['sctp', (source, destination) => sctp(source, destination, dataChunk)],
];

/** One packet of each transport protocol with a name in the language, and some without. */
export const sampleTransports: readonly (readonly [string, Transport])[] = [
  ['tcp', tcp(40000, 80, { flags: 0x18, payload: text('GET /index HTTP/1.0') })],
  ['tcp syn', tcp(40000, 443, { flags: 2, options: tcpOptions })],
  ['udp', udp(40000, 53, counting(20))],
  ['sctp', sctp(40000, 2000, dataChunk)],
  ['icmp', icmp(8, 0, counting(20))],
  ['igmp', igmp(0x16, address4('224.0.0.251'))],
  ['igrp', opaque(9, counting(20, 1))],
  ['pim', opaque(103, joinBytes(bytes(0x20, 0), counting(18)))],
  ['vrrp', vrrp(0x21, 51)],
  ['esp', esp(counting(24))],
  ['ah', ah(tcp(80, 40000))],
  ['gre', gre(0x0800, inner)],
  ['ip in ip', opaque(4, inner)],
  ['ospf', opaque(89, counting(24, 2))],
];
