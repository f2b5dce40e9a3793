import { address4, address6 } from './addresses.js';
import { bytes, counting, joinBytes, word32, zeros } from './bytes.js';
import { addresses4, macs } from './constants.js';
import { type Arp, arp, ether, etherTypes, llc, llcFrame, snap, vlanTag } from './link.js';
import { ip4, ip6 } from './network.js';
import { type Packet, whole } from './packet.js';
import { sampleTransports } from './samples.js';
import { tcp, udp } from './transport.js';

const here = '02:00:00:00:00:01';
const there = '02:00:00:00:00:02';
const datagram4 = ip4({ source: '10.0.0.1', destination: '192.168.1.1' }, tcp(40000, 80));
const datagram6 = ip6(
  { source: '2001:db8::1', destination: '2001:db8::2' },
  udp(40000, 53, counting(8)),
);

/** Frames that are not plain IP over Ethernet: ARP, RARP, VLAN tags, LLC, other types, other MAC addresses. */
export function linkPackets(): readonly Packet[] {
  return [
    ...addressResolution(),
    ...oddAddressResolution(),
    ...tagged(),
    ...llcFrames(),
    ...types(),
    ...macPairs(),
    ...misleadingAddresses(),
  ];
}

function addressResolution(): readonly Packet[] {
  return addresses4.flatMap((address, index) => {
    const request = arp({ operation: 1, sender: address, target: '192.168.1.1' });
    const reply = arp({ operation: 2, sender: '10.0.0.2', target: address });
    const reverse = arp({
      operation: index % 2 === 0 ? 3 : 4,
      sender: '10.0.0.2',
      target: address,
    });
    const same = arp({ operation: 1, sender: address, target: address });
    return [
      whole(`arp request from ${address}`, ether(here, macs[7], etherTypes.arp, request)),
      whole(`arp reply to ${address}`, ether(here, there, etherTypes.arp, reply)),
      whole(`rarp to ${address}`, ether(here, macs[7], etherTypes.rarp, reverse)),
      whole(`rarp from ${address}`, ether(there, here, etherTypes.rarp, request)),
      whole(`arp announcement of ${address}`, ether(here, macs[7], etherTypes.arp, same)),
    ];
  });
}

/** Hardware and protocol types and lengths that the language does not look at, and operations that it can. */
function oddAddressResolution(): readonly Packet[] {
  const ends = { sender: '10.0.0.1', target: '10.0.0.2' };
  const variants: readonly Arp[] = [
    ...[0, 5, 7, 8, 9, 25, 0x100, 0xffff].map((operation) => ({ ...ends, operation })),
    ...[0, 6, 15, 24, 0xffff].map((hardwareType) => ({ ...ends, operation: 1, hardwareType })),
    ...[0, 0x86dd, 0x8100].map((protocolType) => ({ ...ends, operation: 2, protocolType })),
    ...[0, 1, 5, 7, 8, 16].map((hardwareLength) => ({ ...ends, operation: 1, hardwareLength })),
    ...[0, 3, 16].map((protocolLength) => ({ ...ends, operation: 1, protocolLength })),
  ];
  return variants.flatMap((fields) => [
    whole(`arp ${JSON.stringify(fields)}`, ether(here, there, etherTypes.arp, arp(fields))),
    whole(`rarp ${JSON.stringify(fields)}`, ether(here, there, etherTypes.rarp, arp(fields))),
  ]);
}

/** Without a `vlan` keyword a tag is only an unknown type: what is inside must not match. */
function tagged(): readonly Packet[] {
  const tags = [etherTypes.vlan, etherTypes.serviceVlan, etherTypes.vlan9100];
  const inside: readonly (readonly [number, Uint8Array])[] = [
    [etherTypes.ip, datagram4],
    [etherTypes.ip6, datagram6],
    [etherTypes.arp, arp({ operation: 1, sender: '10.0.0.1', target: '10.0.0.2' })],
    [0x88cc, counting(30)],
  ];
  return tags.flatMap((tag) =>
    inside.flatMap(([type, payload]) => [
      whole(`tag ${tag} around ${type}`, ether(here, there, tag, vlanTag(100, type, payload))),
      whole(
        `tags ${tag} and 33024 around ${type}`,
        ether(here, there, tag, vlanTag(0xe064, etherTypes.vlan, vlanTag(200, type, payload))),
      ),
    ]),
  );
}

/** 802.3 frames: every service access point the type test treats specially, SNAP, and lengths at the limit. */
function llcFrames(): readonly Packet[] {
  const points = [0x42, 0x06, 0xe0, 0xf0, 0xfe, 0xaa, 0x04, 0xff, 0x00];
  const paired = points.map((point) =>
    whole(`llc ${point}`, llcFrame(here, macs[10], llc(point, point, 3), counting(40))),
  );
  const unpaired = points.map((point) =>
    whole(`llc ${point} and 0`, llcFrame(here, there, llc(point, 0, 3), counting(40))),
  );
  const snaps = [0, 0x080007, 0x00000c].flatMap((organisation) =>
    [etherTypes.ip, 0x8137, 0x809b, 0x80f3, 0x2000, etherTypes.ip6].map((type) =>
      whole(
        `snap ${organisation} ${type}`,
        llcFrame(here, there, snap(organisation, type), datagram4),
      ),
    ),
  );
  const atLimit = [0, 1, 3, 46, 100, 1499, 1500, 1501, 1535, 1536].flatMap((length) =>
    [0x42, 0xfe].map((point) =>
      whole(
        `length ${length} llc ${point}`,
        ether(here, there, length, joinBytes(bytes(point, point, 3), counting(60))),
      ),
    ),
  );
  const filling = [1499, 1500].map((length) =>
    whole(
      `full length ${length}`,
      ether(here, there, length, joinBytes(llc(0x42, 0x42, 3), zeros(length - 3))),
    ),
  );
  return [...paired, ...unpaired, ...snaps, ...atLimit, ...filling];
}

/** Types without a meaning to most filters, and known types with the wrong payload. */
function types(): readonly Packet[] {
  const numbers = [
    0x0600, 0x0601, 0x0801, 0x07ff, 0x0805, 0x0807, 0x6000, 0x6003, 0x6004, 0x6007, 0x8034, 0x8036,
    0x80f3, 0x809b, 0x8137, 0x86dc, 0x86de, 0x8808, 0x8809, 0x8847, 0x8848, 0x8863, 0x8864, 0x888e,
    0x8892, 0x88cc, 0x88e5, 0x88f7, 0x9000, 0xffff,
  ];
  return [
    ...numbers.map((type) => whole(`type ${type}`, ether(here, there, type, datagram4))),
    whole('ip6 under the type of ip', ether(here, there, etherTypes.ip, datagram6)),
    whole('ip under the type of ip6', ether(here, there, etherTypes.ip6, datagram4)),
    whole('ip under the type of arp', ether(here, there, etherTypes.arp, datagram4)),
    whole(
      'arp under the type of ip',
      ether(
        here,
        there,
        etherTypes.ip,
        arp({ operation: 1, sender: '10.0.0.1', target: '10.0.0.2' }),
      ),
    ),
    whole(
      'addresses as payload',
      ether(here, there, 0x1234, joinBytes(address4('10.0.0.1'), address6('::1'), word32(80))),
    ),
  ];
}

/** Each MAC address as source and as destination, in front of different payloads. */
function macPairs(): readonly Packet[] {
  const transports = sampleTransports.map(([, transport]) => transport);
  return macs.flatMap((address, index) => {
    const other = macs[(index * 3 + 1) % macs.length] ?? address;
    const transport = transports[index % transports.length] ?? tcp(1, 2);
    const payload = ip4({ source: '10.0.0.1', destination: '10.0.0.2' }, transport);
    return [
      whole(`from ${address}`, ether(address, here, etherTypes.ip, payload)),
      whole(`to ${address}`, ether(here, address, etherTypes.ip, payload)),
      whole(`${address} to ${other}`, ether(address, other, etherTypes.ip6, datagram6)),
      whole(`${address} to itself`, ether(address, address, 0x88cc, counting(46))),
    ];
  });
}

/**
 * MAC addresses that read like an IP header. Behind a tunnel keyword that was false, libpcap reads from the first byte
 * of the frame on; the rest are addresses that filters name.
 */
function misleadingAddresses(): readonly Packet[] {
  const destinations = ['08:00:45:00:00:28', '86:dd:60:00:00:00', '08:06:00:01:08:00'];
  const sources = ['00:00:40:06:00:00', '11:00:40:11:00:00', '06:00:00:3a:00:00'];
  const answer = arp({ operation: 2, sender: '10.0.0.1', target: '10.0.0.1' });
  return [
    ...destinations.flatMap((destination) =>
      sources.map((source) =>
        whole(`${source} to ${destination}`, ether(source, destination, etherTypes.ip, datagram4)),
      ),
    ),
    whole('arp answer to all', ether(here, macs[7], etherTypes.arp, answer)),
    whole('cisco discovery', llcFrame(here, '01:00:0c:cc:cc:cc', snap(0x0c, 0x2000), counting(40))),
  ];
}
