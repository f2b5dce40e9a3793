import { applications } from './applications.js';
import { joinBytes, overwritten, word16 } from './bytes.js';
import { combinations } from './combinations.js';
import { macs } from './constants.js';
import { extensionChains } from './extension-chains.js';
import { ip4Datagrams } from './ip4-datagrams.js';
import { ip6Datagrams } from './ip6-datagrams.js';
import { labelled } from './labelled.js';
import { ether, etherTypes } from './link.js';
import { linkControl } from './link-control.js';
import { linkPackets } from './link-packets.js';
import { otherProtocols } from './other-protocols.js';
import { type Datagram, type Packet, whole } from './packet.js';
import { pick, type Random, randomBytes, seededRandom } from './random.js';
import { pppoePackets } from './sessions.js';
import { tagged } from './tagged.js';
import { fewerTruncations, truncations } from './truncations.js';
import { tunnels } from './tunnels.js';

/**
 * The packets that verdicts are compared on, over Ethernet. Always the same ones in the same order: a packet's
 * number in a report of a difference identifies it.
 */
export function ethernetPackets(): readonly Packet[] {
  const frames = allFrames();
  return [
    ...frames,
    ...truncations(frames),
    ...longPackets(frames),
    ...randomPackets(seededRandom(1)),
  ];
}

/** What the frames carry without a link header, for DLT_RAW: IP, and some that is not. */
export function rawPackets(): readonly Packet[] {
  const datagrams = allFrames().map(datagramOf);
  const packets = datagrams
    .filter(
      ({ type }, index) => type === etherTypes.ip || type === etherTypes.ip6 || index % 8 === 0,
    )
    .map(({ note, bytes }) => whole(note, bytes));
  const random = seededRandom(2);
  return [
    ...packets,
    ...fewerTruncations(packets),
    ...longPackets(packets),
    ...Array.from({ length: 100 }, (_, index) =>
      whole(`random ${index}`, randomBytes(random, index)),
    ),
  ];
}

/** Every fifth of them, for link types that say which version of IP follows. */
export function versionPackets(): readonly Packet[] {
  return rawPackets().filter((_, index) => index % 5 === 0);
}

/** What the frames carry behind the link header that `encode` puts in front; it may vary with the packet's number. */
export function overLink(
  encode: (datagram: Datagram, index: number) => Uint8Array,
): readonly Packet[] {
  const packets = allFrames().map((frame, index) =>
    whole(frame.note, encode(datagramOf(frame), index)),
  );
  return [...packets, ...fewerTruncations(packets), ...longPackets(packets)];
}

function allFrames(): readonly Packet[] {
  const datagrams = [
    ...ip4Datagrams(),
    ...ip6Datagrams(),
    ...combinations(seededRandom(3)),
    ...extensionChains(),
    ...applications(),
    ...tagged(),
    ...labelled(),
    ...pppoePackets(),
    ...tunnels(),
    ...linkControl(),
    ...otherProtocols(),
  ];
  return [...datagrams.map(frame), ...linkPackets()];
}

/** What a frame carries. */
function datagramOf({ note, bytes }: Packet): Datagram {
  const type = ((bytes[12] ?? 0) << 8) | (bytes[13] ?? 0);
  return { note, type, bytes: bytes.subarray(14) };
}

/** Frames a datagram; the MAC addresses follow from its place, so that they mix with everything else. */
function frame(datagram: Datagram, index: number): Packet {
  const source = macs[(index * 5) % macs.length] ?? macs[0];
  const destination = macs[(index * 3 + 1) % macs.length] ?? macs[1];
  return whole(datagram.note, ether(source, destination, datagram.type, datagram.bytes));
}

/** Packets longer on the wire than any capture holds: segmentation offload, jumbo frames, absurd lengths. */
function longPackets(frames: readonly Packet[]): readonly Packet[] {
  const wireLengths = [
    2049, 9014, 65535, 65536, 65549, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
  ];
  return wireLengths.flatMap((wireLength, index) => {
    const base = frames[index * 100];
    return base === undefined
      ? []
      : [{ ...base, note: `${base.note}, ${wireLength} on the wire`, wireLength }];
  });
}

const randomTypes = [
  0x0800, 0x86dd, 0x0806, 0x8035, 0x8100, 0x8847, 0x8864, 0x0040, 0x6003, 0x0800, 0x86dd,
] as const;

/** Noise: frames of random bytes, half of them under a type that makes filters look further. */
function randomPackets(random: Random): readonly Packet[] {
  return Array.from({ length: 400 }, (_, index) => {
    const noise = randomBytes(random, index < 200 ? index : 60 + random(60));
    if (index % 2 === 0 || noise.length < 34) return whole(`random ${index}`, noise);
    const typed = overwritten(noise, 12, word16(pick(random, randomTypes)));
    const protocol = Uint8Array.from([pick(random, [6, 17, 132, 1, 58, 44, 0, 43, 60])]);
    const steered = overwritten(typed, typed[12] === 0x86 ? 20 : 23, protocol);
    const unfragmented =
      random(2) === 0 ? steered : overwritten(steered, 20, joinBytes(word16(0x4000)));
    return whole(`random ${index}`, unfragmented);
  });
}
