import { joinBytes, overwritten, word16 } from './bytes.js';
import { combinations } from './combinations.js';
import { macs } from './constants.js';
import { ip4Datagrams } from './ip4-datagrams.js';
import { ip6Datagrams } from './ip6-datagrams.js';
import { ether } from './link.js';
import { linkPackets } from './link-packets.js';
import { type Datagram, type Packet, truncated, whole } from './packet.js';
import { pick, type Random, randomBytes, seededRandom } from './random.js';

/**
 * The packets that verdicts are compared on, over Ethernet. Always the same ones in the same order: a packet's
 * number in a report of a difference identifies it.
 */
export function ethernetPackets(): readonly Packet[] {
  const datagrams = allDatagrams();
  const frames = [...datagrams.map(frame), ...linkPackets()];
  return [
    ...frames,
    ...truncations(frames),
    ...longPackets(frames),
    ...randomPackets(seededRandom(1)),
  ];
}

/** The same datagrams without a link header, and truncations of some, for DLT_RAW. */
export function rawPackets(): readonly Packet[] {
  const datagrams = allDatagrams();
  const packets = datagrams.map((datagram) => whole(datagram.note, datagram.bytes));
  const bases = packets.filter((packet) => truncatedNotes.includes(packet.note));
  const random = seededRandom(2);
  return [
    ...packets,
    ...bases.flatMap((base) =>
      Array.from({ length: 65 }, (_, captured) => truncated(base, captured)),
    ),
    ...Array.from({ length: 100 }, (_, index) =>
      whole(`random ${index}`, randomBytes(random, index)),
    ),
  ];
}

function allDatagrams(): readonly Datagram[] {
  return [...ip4Datagrams(), ...ip6Datagrams(), ...combinations(seededRandom(3))];
}

/** Frames a datagram; the MAC addresses follow from its place, so that they mix with everything else. */
function frame(datagram: Datagram, index: number): Packet {
  const source = macs[(index * 5) % macs.length] ?? macs[0];
  const destination = macs[(index * 3 + 1) % macs.length] ?? macs[1];
  return whole(datagram.note, ether(source, destination, datagram.type, datagram.bytes));
}

/** Notes of the packets that are cut to every length: together they reach every load the language can make. */
const truncatedNotes: readonly string[] = [
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
  'arp request from 10.0.0.1',
  'arp reply to 192.168.1.1',
  'rarp to 10.0.0.1',
  'llc 66',
  'llc 254',
  'snap 0 33079',
  'snap 524295 32923',
  'tag 33024 around 2048',
  'type 35020',
  'length 1500 llc 66',
];

/** Every captured length from 0 to 80, or to 120 where headers are long. */
function truncations(frames: readonly Packet[]): readonly Packet[] {
  const long = ['ip4 15 header words, tcp', 'ip4 tcp options GET', 'ip6 tcp first fragment'];
  return truncatedNotes.flatMap((note) => {
    const base = frames.find((packet) => packet.note === note);
    if (base === undefined) throw new Error(`no packet to truncate is called ${note}`);
    const most = Math.min(long.includes(note) ? 120 : 80, base.bytes.length - 1);
    return Array.from({ length: most + 1 }, (_, captured) => truncated(base, captured));
  });
}

/** Packets longer on the wire than any capture holds: segmentation offload, jumbo frames, absurd lengths. */
function longPackets(frames: readonly Packet[]): readonly Packet[] {
  const wireLengths = [2049, 9014, 65535, 65536, 65549, 0x7fffffff, 0x80000000, 0xfffffffe];
  return wireLengths.flatMap((wireLength, index) => {
    const base = frames[index * 100];
    return base === undefined
      ? []
      : [{ ...base, note: `${base.note}, ${wireLength} on the wire`, wireLength }];
  });
}

/** Noise: frames of random bytes, half of them under a type that makes filters look further. */
function randomPackets(random: Random): readonly Packet[] {
  return Array.from({ length: 400 }, (_, index) => {
    const noise = randomBytes(random, index < 200 ? index : 60 + random(60));
    if (index % 2 === 0 || noise.length < 34) return whole(`random ${index}`, noise);
    const typed = overwritten(noise, 12, word16(pick(random, [0x0800, 0x86dd, 0x0806, 0x8035])));
    const protocol = Uint8Array.from([pick(random, [6, 17, 132, 1, 58, 44])]);
    const steered = overwritten(typed, typed[12] === 0x86 ? 20 : 23, protocol);
    const unfragmented =
      random(2) === 0 ? steered : overwritten(steered, 20, joinBytes(word16(0x4000)));
    return whole(`random ${index}`, unfragmented);
  });
}
