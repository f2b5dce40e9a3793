import { bytes, zeros } from '../../packets/bytes.js';
import { arp, ether, etherTypes } from '../../packets/link.js';
import { ip4, ip6, type Transport } from '../../packets/network.js';
import { type Packet, truncated, whole } from '../../packets/packet.js';
import { sctp, tcp, udp } from '../../packets/transport.js';

/** What the names of `etc` stand for. */
export interface Places {
  readonly ip4: readonly string[];
  readonly ip6: readonly string[];
  readonly ports: readonly number[];
  readonly macs: readonly string[];
}

const stranger = { ip4: '192.0.2.77', ip6: '2001:db8::77', port: 1, mac: '2:0:0:0:0:77' } as const;
const between4 = { source: stranger.ip4, destination: stranger.ip4 };
const between6 = { source: stranger.ip6, destination: stranger.ip6 };

/** Frames with each address and port as source, destination and both, and those of each address cut to every length. */
export function packetsOf(places: Places): readonly Packet[] {
  const ip4Frames = pairs(places.ip4, stranger.ip4).flatMap(([source, destination]) =>
    pairs(places.macs, stranger.mac).flatMap((macs) => framesBetween(source, destination, macs)),
  );
  const ip6Frames = pairs(places.ip6, stranger.ip6).map(([source, destination]) => {
    const datagram = ip6({ source, destination }, tcp(1, 2));
    return frame(`${source} to ${destination}`, etherTypes.ip6, datagram);
  });
  const portFrames = pairs(places.ports, stranger.port).flatMap(([source, destination]) =>
    transports(source, destination).flatMap(([note, transport]) => [
      frame(note, etherTypes.ip, ip4(between4, transport)),
      frame(note, etherTypes.ip6, ip6(between6, transport)),
    ]),
  );
  const protocolFrames = Array.from({ length: 256 }, (_, protocol) => {
    const datagram = ip4(between4, { protocol, bytes: bytes(0) });
    return frame(`protocol ${protocol}`, etherTypes.ip, datagram);
  });
  const frames = [...ip4Frames, ...ip6Frames];
  const oneOfEach = new Map(frames.map((each) => [each.note, each])).values();
  const cut = [...oneOfEach].flatMap((each) =>
    Array.from({ length: each.bytes.length }, (_, length) => truncated(each, length)),
  );
  return [...frames, ...portFrames, ...protocolFrames, ...cut];
}

/** IPv4, ARP and RARP. */
function framesBetween(
  source: string,
  destination: string,
  macs: readonly [string, string],
): readonly Packet[] {
  const asked = arp({ operation: 2, sender: source, target: destination });
  const note = `${source} to ${destination}`;
  return [
    frame(note, etherTypes.ip, ip4({ source, destination }, tcp(1, 2)), macs),
    frame(`arp ${note}`, etherTypes.arp, asked, macs),
    frame(`rarp ${note}`, etherTypes.rarp, asked, macs),
  ];
}

function transports(
  source: number,
  destination: number,
): readonly (readonly [note: string, transport: Transport])[] {
  return [
    [`tcp ${source} to ${destination}`, tcp(source, destination)],
    [`udp ${source} to ${destination}`, udp(source, destination, zeros(4))],
    [`sctp ${source} to ${destination}`, sctp(source, destination, zeros(4))],
  ];
}

function frame(
  note: string,
  type: number,
  payload: Uint8Array,
  [from, to]: readonly [string, string] = [stranger.mac, stranger.mac],
): Packet {
  return whole(note, ether(from, to, type, payload));
}

function pairs<Place>(
  places: readonly Place[],
  other: Place,
): readonly (readonly [source: Place, destination: Place])[] {
  return places.flatMap((place) => [
    [place, other] as const,
    [other, place] as const,
    [place, place] as const,
  ]);
}
