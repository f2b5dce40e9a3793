import { vlans } from './constants.js';
import { deeperInsides, fewInsides, insides } from './insides.js';
import { etherTypes, vlanTag } from './link.js';
import type { Datagram } from './packet.js';

const tagTypes = [etherTypes.vlan, etherTypes.serviceVlan, etherTypes.vlan9100] as const;

/** Frames with one, two and three VLAN tags. */
export function tagged(): readonly Datagram[] {
  return [...single(), ...numbered(), ...priorities(), ...stacked(), ...unusual()];
}

function tag(type: number, control: number, inside: Datagram): Datagram {
  return {
    note: `vlan ${type.toString(16)} ${control} ${inside.note}`,
    type,
    bytes: vlanTag(control, inside.type, inside.bytes),
  };
}

function single(): readonly Datagram[] {
  return tagTypes.flatMap((type) => insides.map((inside) => tag(type, 100, inside)));
}

function numbered(): readonly Datagram[] {
  return vlans.flatMap((vlan) =>
    fewInsides.flatMap((inside) => tagTypes.map((type) => tag(type, vlan, inside))),
  );
}

/** Priority and drop bits beside the identifier. */
function priorities(): readonly Datagram[] {
  return [0x1000, 0x2000, 0xe000, 0xf000].flatMap((bits) =>
    [0, 2, 100, 4095].flatMap((vlan) =>
      fewInsides.map((inside) => tag(etherTypes.vlan, bits | vlan, inside)),
    ),
  );
}

function stacked(): readonly Datagram[] {
  const pairs = [
    [100, 200],
    [200, 100],
    [2, 3],
    [3, 2],
    [5, 6],
    [100, 300],
    [1, 4095],
  ] as const;
  return [
    ...pairs.flatMap(([outer, inner], index) => {
      const type = tagTypes[(index + 1) % tagTypes.length] ?? etherTypes.vlan;
      return insides
        .filter((_, place) => place % 2 === 0)
        .map((inside) => tag(type, outer, tag(etherTypes.vlan, inner, inside)));
    }),
    ...pairs.map(([outer, inner]) =>
      tag(etherTypes.serviceVlan, outer, tag(0x9200, inner, insides[0] ?? nothing)),
    ),
    ...insides.map((inside) =>
      tag(
        etherTypes.serviceVlan,
        100,
        tag(etherTypes.vlan, 200, tag(etherTypes.vlan9100, 300, inside)),
      ),
    ),
  ];
}

const nothing: Datagram = { note: 'nothing', type: etherTypes.ip, bytes: new Uint8Array() };

/** Tags in front of what else a frame can carry, of nothing, and tags of a type that is none. */
function unusual(): readonly Datagram[] {
  return [
    ...deeperInsides.flatMap((inside) => [
      tag(etherTypes.vlan, 100, inside),
      tag(etherTypes.serviceVlan, 5, inside),
    ]),
    tag(etherTypes.vlan, 100, nothing),
    ...insides.map((inside) => tag(0x9200, 100, inside)),
  ];
}
