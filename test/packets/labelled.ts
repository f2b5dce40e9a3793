import { counting, zeros } from './bytes.js';
import { labels } from './constants.js';
import { type Label, mpls } from './encapsulations.js';
import { deeperInsides, fewInsides, insides } from './insides.js';
import type { Datagram } from './packet.js';

const mplsType = 0x8847;

/** Packets under one to three MPLS labels. */
export function labelled(): readonly Datagram[] {
  return [
    ...[...insides, ...deeperInsides].map((inside) => labelledAs([last(1024)], inside)),
    ...labels.flatMap((label) => [
      ...fewInsides.flatMap((inside) => [
        labelledAs([last(label)], inside),
        labelledAs([more(100000), last(label)], inside),
        labelledAs([more(label), last(1024)], inside),
      ]),
      ...fewInsides.map((inside) => labelledAs([more(16), more(label), last(3)], inside)),
    ]),
    ...[...insides, ...deeperInsides].map((inside) =>
      labelledAs([more(100000), last(1024)], inside),
    ),
    ...wrong(),
  ];
}

function last(label: number): Label {
  return { label, bottom: true };
}

function more(label: number): Label {
  return { label, bottom: false };
}

function labelledAs(stack: readonly Label[], inside: Datagram): Datagram {
  const names = stack.map(({ label, bottom }) => `${label}${bottom ? '' : '+'}`);
  return {
    note: `mpls ${names.join(' ')} ${inside.note}`,
    type: mplsType,
    bytes: mpls(stack, inside.bytes),
  };
}

/** Bottom bits that lie, all the other bits set, payloads that are no IP, and the multicast type. */
function wrong(): readonly Datagram[] {
  const noisy = { label: 1024, bottom: true, trafficClass: 7, timeToLive: 255 };
  const control: Datagram = { note: 'a control word', type: 0, bytes: zeros(40) };
  const other: Datagram = { note: 'version 5', type: 0, bytes: counting(60, 0x50) };
  return [
    ...insides.flatMap((inside) => [
      labelledAs([more(1024)], inside),
      labelledAs([more(100000), more(1024)], inside),
      labelledAs([last(100000), last(1024)], inside),
    ]),
    ...fewInsides.map((inside) => labelledAs([noisy], inside)),
    ...[control, other].map((inside) => labelledAs([last(3)], inside)),
    ...fewInsides.map((inside) => ({
      ...labelledAs([last(1024)], inside),
      note: `multicast mpls ${inside.note}`,
      type: 0x8848,
    })),
    { note: 'mpls without payload', type: mplsType, bytes: mpls([last(100)], zeros(0)) },
  ];
}
