import { bytes, counting, joinBytes, text, zeros } from './bytes.js';
import { mpls, ppp, pppoe, pppProtocols } from './encapsulations.js';
import { arp, etherTypes, llc } from './link.js';
import { fragmentExtension, ip4, ip6, moreFragments } from './network.js';
import type { Datagram } from './packet.js';
import { dataChunk } from './samples.js';
import { ah, icmp, icmp6, sctp, tcp, udp } from './transport.js';

const ends4 = { source: '10.0.0.1', destination: '192.168.1.1' } as const;
const ends6 = { source: '2001:db8::1', destination: '2001:db8::2' } as const;

const web = tcp(40000, 80, { flags: 0x18, payload: text('GET / HTTP/1.1') });
const name = udp(40000, 53, counting(8));
const echo = icmp(8, 0, zeros(8));

/** What tags, labels, sessions and tunnels carry: a few datagrams that filters tell apart. */
export const insides: readonly Datagram[] = [
  ip4Inside('tcp', ip4(ends4, web)),
  ip4Inside('tcp syn', ip4(ends4, tcp(443, 40000, { flags: 2 }))),
  ip4Inside('udp', ip4(ends4, name)),
  ip4Inside('icmp', ip4({ source: '192.168.1.1', destination: '224.0.0.1' }, echo)),
  ip4Inside('sctp', ip4(ends4, sctp(40000, 2000, dataChunk))),
  ip4Inside('tcp with options', ip4({ ...ends4, options: bytes(0x94, 4, 0, 0) }, web)),
  ip4Inside('tcp first fragment', ip4({ ...ends4, fragment: moreFragments }, web)),
  ip4Inside('udp last fragment', ip4({ ...ends4, fragment: 100 }, name)),
  ip6Inside('tcp', ip6(ends6, web)),
  ip6Inside('udp', ip6({ ...ends6, destination: 'ff02::fb' }, name)),
  ip6Inside('icmp6', ip6(ends6, icmp6(135, 0, zeros(20)))),
  ip6Inside('tcp fragment', ip6(ends6, web, [fragmentExtension(0, true)])),
  {
    note: 'arp',
    type: etherTypes.arp,
    bytes: arp({ operation: 1, sender: '10.0.0.1', target: '10.0.0.2' }),
  },
  {
    note: 'rarp',
    type: etherTypes.rarp,
    bytes: arp({ operation: 3, sender: '10.0.0.2', target: '10.0.0.1' }),
  },
  { note: 'lldp', type: 0x88cc, bytes: counting(40, 2) },
];

/** Two of them, one of each version, where all would be too many. */
export const fewInsides: readonly Datagram[] = insides.filter(({ note }) => /^ip. tcp$/.test(note));

/** What tags and tunnels carry more rarely: further encapsulations, LLC, an authentication header. */
export const deeperInsides: readonly Datagram[] = [
  { note: 'mpls', type: 0x8847, bytes: mpls([{ label: 1024, bottom: true }], ip4(ends4, web)) },
  { note: 'pppoe discovery', type: 0x8863, bytes: pppoe(9, 0, zeros(20)) },
  {
    note: 'pppoe session',
    type: 0x8864,
    bytes: pppoe(0, 0x27, ppp(pppProtocols.ip, ip4(ends4, web))),
  },
  llcInside('stp', llc(0x42, 0x42, 3)),
  llcInside('isis', joinBytes(llc(0xfe, 0xfe, 3), bytes(0x83, 27, 1, 0, 0x12))),
  ip4Inside('ah', ip4(ends4, ah(web))),
  { note: 'loopback', type: 0x9000, bytes: counting(46) },
  ip4Inside('of the manual', ip4({ ...ends4, source: '192.9.200.1' }, web)),
];

function llcInside(note: string, header: Uint8Array): Datagram {
  const payload = joinBytes(header, counting(35));
  return { note, type: payload.length, bytes: payload };
}

function ip4Inside(note: string, datagram: Uint8Array): Datagram {
  return { note: `ip4 ${note}`, type: etherTypes.ip, bytes: datagram };
}

function ip6Inside(note: string, datagram: Uint8Array): Datagram {
  return { note: `ip6 ${note}`, type: etherTypes.ip6, bytes: datagram };
}
