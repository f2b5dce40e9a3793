import { type Packet, truncated } from './packet.js';

/** Notes of the packets that are cut to every length: together they reach every load the language can make. */
const networkNotes: readonly string[] = [
  'ip4 tcp',
  'ip4 tcp syn',
  'ip4 udp',
  'ip4 sctp',
  'ip4 icmp',
  'ip4 igmp',
  'ip4 pim',
  'ip4 vrrp',
  'ip4 ah',
  'ip4 tcp with options',
  'ip4 udp with options',
  'ip4 tcp first fragment',
  'ip4 tcp last fragment',
  'ip4 udp middle fragment',
  'ip4 0 header words, tcp',
  'ip4 4 header words, udp',
  'ip4 15 header words, tcp',
  'ip4 tcp options GET',
  'ip4 10.0.0.1 to itself',
  'ip4 icmp port unreachable',
  'ip4 version 6',
  'ip6 tcp',
  'ip6 udp',
  'ip6 sctp',
  'ip6 icmp6',
  'ip6 esp',
  'ip6 tcp first fragment',
  'ip6 icmp6 last fragment',
  'ip6 tcp behind hop-by-hop',
  'ip6 udp behind four headers',
  'ip6 2001:db8::1 to itself',
  'ip6 tcp behind two fragment headers',
  'ip6 next header 44',
  'ip6 icmp6 135',
  'ip6 from fe80::1',
  'chain hop route tcp',
  'chain first destination udp',
  'chain of 8 tcp',
  'geneve bridged ip4 tcp over ip4',
  'geneve ip4 tcp over ip4',
  'geneve bridged ip6 tcp over ip6',
  'geneve options 3 ip4 tcp over ip4',
  'vxlan ip4 tcp over ip4',
  'vxlan ip6 udp over ip6',
];

/** The same of what no IP header begins. */
const linkNotes: readonly string[] = [
  'arp request from 10.0.0.1',
  'arp reply to 192.168.1.1',
  'rarp to 10.0.0.1',
  'llc 66',
  'llc 254',
  'snap 0 33079',
  'snap 524295 32923',
  'type 35020',
  'length 1500 llc 66',
  'llc 66 66 control 0',
  'llc 240 240 control 1',
  'netbeui',
  'ipx llc',
  'ipx raw',
  'ipx snap',
  'atalk snap',
  'aarp snap',
  'isis 18',
  'isis 24',
  'clnp 28',
  'decnet long 1.1',
  'decnet long 10.123 padded',
  'decnet short 1.1',
  'decnet short 10.123 padded',
  'vlan 8100 100 ip4 tcp',
  'vlan 8100 100 ip6 udp',
  'vlan 88a8 100 vlan 8100 200 ip4 tcp',
  'vlan 88a8 100 vlan 8100 200 vlan 9100 300 ip6 tcp',
  'vlan 8100 100 isis',
  'mpls 1024 ip4 tcp',
  'mpls 1024 ip6 tcp',
  'mpls 100000+ 1024 ip4 udp',
  'pppoe discovery 9',
  'pppoe session 39 ip4 tcp',
  'pppoe session 39 ip6 tcp',
  'pppoe session 5 mpls',
];

/** Every captured length from 0 to 100 of the packets with those notes, and to 140 where headers are long. */
export function truncations(packets: readonly Packet[]): readonly Packet[] {
  const bases = named(packets);
  for (const note of [...networkNotes, ...linkNotes])
    if (!bases.has(note)) throw new Error(`no packet to truncate is called ${note}`);
  return [...bases.values()].flatMap((base) => cut(base, longHeaders.test(base.note) ? 140 : 100));
}

/** The same in steps of three bytes beyond the first 44, for links where the rest is as on Ethernet. */
export function fewerTruncations(packets: readonly Packet[]): readonly Packet[] {
  return [...named(packets).values()]
    .flatMap((base) => cut(base, networkNotes.includes(base.note) ? 100 : 44))
    .filter(({ bytes }, index) => bytes.length <= 44 || index % 3 === 0);
}

const longHeaders = /15 header words|options|four headers|geneve|vxlan|vlan.*vlan|chain/;

function named(packets: readonly Packet[]): ReadonlyMap<string, Packet> {
  const notes = new Set([...networkNotes, ...linkNotes]);
  return new Map(
    packets.filter(({ note }) => notes.has(note)).map((packet) => [packet.note, packet]),
  );
}

/** The packet cut to 0, 1, 2 … bytes, at most `longest` and less than it has. */
function cut(base: Packet, longest: number): readonly Packet[] {
  const most = Math.min(longest, base.bytes.length - 1);
  return Array.from({ length: most + 1 }, (_, captured) => truncated(base, captured));
}
