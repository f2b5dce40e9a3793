import { counting, joinBytes, text, word16, zeros } from './bytes.js';
import { sessions } from './constants.js';
import { mpls, ppp, pppoe, pppProtocols } from './encapsulations.js';
import { fewInsides, insides } from './insides.js';
import { etherTypes } from './link.js';
import type { Datagram } from './packet.js';

const discoveryType = 0x8863;
const sessionType = 0x8864;

/** PPPoE: the discovery of a session, and what sessions carry. */
export function pppoePackets(): readonly Datagram[] {
  return [...discovery(), ...insideSessions(), ...control(), ...odd()];
}

function discovery(): readonly Datagram[] {
  const tags = joinBytes(word16(0x0101), word16(0), word16(0x0102), word16(2), text('ac'));
  return [9, 7, 0x19, 0x65, 0xa7].map((code) => ({
    note: `pppoe discovery ${code}`,
    type: discoveryType,
    bytes: pppoe(code, code === 0x65 ? 0x27 : 0, tags),
  }));
}

/** The PPP protocol number of an EtherType, where they have one in common. */
export function pppProtocolOf(type: number): number {
  switch (type) {
    case etherTypes.ip:
      return pppProtocols.ip;
    case etherTypes.ip6:
      return pppProtocols.ip6;
    case 0x6003:
      return pppProtocols.decnet;
    case 0x809b:
      return pppProtocols.appleTalk;
    case 0x8137:
      return pppProtocols.ipx;
    case 0x8847:
      return pppProtocols.mpls;
    default:
      return type;
  }
}

function session(number: number, inside: Datagram): Datagram {
  return {
    note: `pppoe session ${number} ${inside.note}`,
    type: sessionType,
    bytes: pppoe(0, number, ppp(pppProtocolOf(inside.type), inside.bytes)),
  };
}

function insideSessions(): readonly Datagram[] {
  const labelled: Datagram = {
    note: 'mpls',
    type: 0x8847,
    bytes: mpls([{ label: 1024, bottom: true }], insides[0]?.bytes ?? zeros(20)),
  };
  const others = [0x6003, 0x809b, 0x80f3, 0x8137, 0x8863, 0x8864, 0xf0, pppProtocols.spanningTree];
  const pdus = [0x81, 0x82, 0x83];
  return [
    ...insides.map((inside) => session(0x27, inside)),
    ...sessions.flatMap((number) => fewInsides.map((inside) => session(number, inside))),
    session(5, labelled),
    ...others.map((type) => session(5, { note: `type ${type}`, type, bytes: counting(30, 0x81) })),
    ...pdus.map((first) =>
      session(5, { note: `iso ${first}`, type: pppProtocols.iso, bytes: counting(30, first) }),
    ),
  ];
}

/** Link control, authentication and address negotiation. */
function control(): readonly Datagram[] {
  const protocols = [pppProtocols.linkControl, 0xc023, 0xc223, 0x8021, 0x8057, 0x80fd];
  return protocols.map((type) =>
    session(0x27, { note: `control ${type}`, type, bytes: counting(12, 1) }),
  );
}

/** Types and codes that do not belong together, and packets that end early. */
function odd(): readonly Datagram[] {
  const [inside] = insides;
  if (inside === undefined) return [];
  const carried = ppp(pppProtocols.ip, inside.bytes);
  return [
    { note: 'pppoe session with a code', type: sessionType, bytes: pppoe(9, 0x27, carried) },
    { note: 'pppoe discovery with ip', type: discoveryType, bytes: pppoe(0, 0x27, carried) },
    { note: 'pppoe session without payload', type: sessionType, bytes: pppoe(0, 0x27, zeros(0)) },
  ];
}
