import { bytes, counting, zeros } from './bytes.js';
import { networkIdentifiers } from './constants.js';
import { type Geneve, geneve, genevePort, mpls, vxlan, vxlanPort } from './encapsulations.js';
import { deeperInsides, fewInsides, insides } from './insides.js';
import { ether, etherTypes, vlanTag } from './link.js';
import { ip4, ip6, moreFragments } from './network.js';
import type { Datagram } from './packet.js';
import { tcp, udp } from './transport.js';

const ends4 = { source: '172.16.5.4', destination: '10.0.0.2' } as const;
const ends6 = { source: '2001:db8:1::1', destination: '2001:db8:1::2' } as const;
const bridged = 0x6558;

/** Geneve and VXLAN over both versions of IP, and in each other. */
export function tunnels(): readonly Datagram[] {
  return [...geneves(), ...vxlans(), ...nested(), ...lookalikes()];
}

function over4(note: string, port: number, payload: Uint8Array): Datagram {
  const datagram = ip4(ends4, udp(50000, port, payload));
  return { note: `${note} over ip4`, type: etherTypes.ip, bytes: datagram };
}

function over6(note: string, port: number, payload: Uint8Array): Datagram {
  const datagram = ip6(ends6, udp(50000, port, payload));
  return { note: `${note} over ip6`, type: etherTypes.ip6, bytes: datagram };
}

function overBoth(note: string, port: number, payload: Uint8Array): readonly Datagram[] {
  return [over4(note, port, payload), over6(note, port, payload)];
}

function frame({ type, bytes }: Datagram): Uint8Array {
  return ether('aa:bb:cc:dd:ee:ff', '02:00:00:00:00:03', type, bytes);
}

/** The frame of an inside with a VLAN tag. */
function taggedFrame(vlan: number, { type, bytes }: Datagram): Uint8Array {
  const tagged = vlanTag(vlan, type, bytes);
  return ether('aa:bb:cc:dd:ee:ff', 'ff:ff:ff:ff:ff:ff', etherTypes.vlan, tagged);
}

function geneves(): readonly Datagram[] {
  const plain: Geneve = { network: 0xb, type: bridged };
  const variants: readonly (readonly [string, Geneve])[] = [
    ...networkIdentifiers.map((network) => [`${network}`, { ...plain, network }] as const),
    ...[1, 2, 3, 31, 63].map(
      (optionWords) => [`options ${optionWords}`, { ...plain, optionWords }] as const,
    ),
    ...[1, 2, 3].map((version) => [`version ${version}`, { ...plain, version }] as const),
    ...[0x40, 0x80, 0x3f].map((flags) => [`flags ${flags}`, { ...plain, flags }] as const),
  ];
  return [
    ...insides.flatMap((inside) => [
      ...overBoth(`geneve bridged ${inside.note}`, genevePort, geneve(plain, frame(inside))),
      ...overBoth(
        `geneve ${inside.note}`,
        genevePort,
        geneve({ ...plain, type: inside.type, optionWords: 2 }, inside.bytes),
      ),
      over4(`geneve tagged ${inside.note}`, genevePort, geneve(plain, taggedFrame(5, inside))),
    ]),
    ...deeperInsides.map((inside) =>
      over4(`geneve bridged ${inside.note}`, genevePort, geneve(plain, frame(inside))),
    ),
    ...variants.flatMap(([note, fields]) =>
      fewInsides.flatMap((inside) => [
        ...overBoth(`geneve ${note} ${inside.note}`, genevePort, geneve(fields, frame(inside))),
        over4(
          `geneve ${note} direct ${inside.note}`,
          genevePort,
          geneve({ ...fields, type: inside.type }, inside.bytes),
        ),
      ]),
    ),
  ];
}

function vxlans(): readonly Datagram[] {
  return [
    ...insides.flatMap((inside) => [
      ...overBoth(`vxlan ${inside.note}`, vxlanPort, vxlan(0xb, frame(inside))),
      over4(`vxlan tagged ${inside.note}`, vxlanPort, vxlan(0xb, taggedFrame(100, inside))),
    ]),
    ...deeperInsides.map((inside) =>
      over4(`vxlan ${inside.note}`, vxlanPort, vxlan(0xb, frame(inside))),
    ),
    ...networkIdentifiers.flatMap((network) =>
      fewInsides.flatMap((inside) =>
        overBoth(`vxlan ${network} ${inside.note}`, vxlanPort, vxlan(network, frame(inside))),
      ),
    ),
    ...[0, 1, 4, 9, 0x0c, 0x88, 0xff].flatMap((flags) =>
      fewInsides.map((inside) =>
        over4(`vxlan flags ${flags} ${inside.note}`, vxlanPort, vxlan(0xb, frame(inside), flags)),
      ),
    ),
  ];
}

/** A tunnel in a tunnel, in tags, under a label. */
function nested(): readonly Datagram[] {
  return fewInsides.flatMap((inside) => {
    const inVxlan = over4(`vxlan ${inside.note}`, vxlanPort, vxlan(0xb, frame(inside)));
    const inGeneve = over6(
      `geneve ${inside.note}`,
      genevePort,
      geneve({ network: 5, type: bridged }, frame(inside)),
    );
    const outer = [inVxlan, inGeneve];
    return outer.flatMap((carried) => [
      over4(
        `geneve ${carried.note}`,
        genevePort,
        geneve({ network: 0xb, type: bridged }, frame(carried)),
      ),
      over4(
        `geneve ${carried.note} direct`,
        genevePort,
        geneve({ network: 6, type: carried.type }, carried.bytes),
      ),
      over6(`vxlan ${carried.note}`, vxlanPort, vxlan(5, frame(carried))),
      {
        note: `vlan 100 ${carried.note}`,
        type: etherTypes.vlan,
        bytes: vlanTag(100, carried.type, carried.bytes),
      },
      {
        note: `mpls 1024 ${carried.note}`,
        type: 0x8847,
        bytes: mpls([{ label: 1024, bottom: true }], carried.bytes),
      },
    ]);
  });
}

/** Ports, protocols and fragments that only look like a tunnel, and tunnels that end early. */
function lookalikes(): readonly Datagram[] {
  const [inside] = insides;
  if (inside === undefined) return [];
  const payload = geneve({ network: 0xb, type: bridged }, frame(inside));
  const overTcp = ip4(ends4, tcp(50000, genevePort, { payload }));
  const fragment = (offset: number) =>
    ip4({ ...ends4, fragment: offset }, udp(50000, vxlanPort, vxlan(0xb, frame(inside))));
  const fromPort = ip4(ends4, udp(vxlanPort, 50000, vxlan(0xb, frame(inside))));
  const withOptions = ip4(
    { ...ends4, options: bytes(0x94, 4, 0, 0) },
    udp(50000, vxlanPort, vxlan(0xb, frame(inside))),
  );
  return [
    { note: 'geneve over tcp', type: etherTypes.ip, bytes: overTcp },
    { note: 'vxlan first fragment', type: etherTypes.ip, bytes: fragment(moreFragments) },
    { note: 'vxlan last fragment', type: etherTypes.ip, bytes: fragment(100) },
    { note: 'vxlan answered', type: etherTypes.ip, bytes: fromPort },
    { note: 'vxlan behind ip options', type: etherTypes.ip, bytes: withOptions },
    ...[0, 1, 7, 8, 12, 21, 22].flatMap((length) => [
      over4(`geneve of ${length} bytes`, genevePort, payload.subarray(0, length)),
      over4(`vxlan of ${length} bytes`, vxlanPort, vxlan(0xb, counting(22)).subarray(0, length)),
    ]),
    ...overBoth('geneve of zeros', genevePort, zeros(60)),
  ];
}
