import { bytes, counting, joinBytes, word16, word32, zeros } from './bytes.js';
import { llc, snap } from './link.js';
import type { Datagram } from './packet.js';

/** 802.3 frames with LLC: each type of frame, and the protocols that live on LLC. */
export function linkControl(): readonly Datagram[] {
  return [...frameTypes(), ...isoFrames(), ...ipx(), ...others()];
}

/** An 802.3 payload; its length stands where the type would. */
function framed(note: string, ...parts: readonly Uint8Array[]): Datagram {
  const payload = joinBytes(...parts);
  return { note, type: payload.length, bytes: payload };
}

/** Information, supervisory and unnumbered frames, with and without the poll bit, to several service access points. */
function frameTypes(): readonly Datagram[] {
  const unnumbered = [0x03, 0x63, 0x43, 0x0f, 0x6f, 0xe3, 0xaf, 0x87];
  const controls = [
    ...[0x00, 0x02, 0xfe],
    ...[0x01, 0x05, 0x09, 0x0d, 0x11, 0xf1, 0xf5, 0xf9],
    ...unnumbered,
    ...unnumbered.map((control) => control | 0x10),
    ...[0x07, 0x0b, 0xef, 0xff],
  ];
  const points = [
    [0x42, 0x42],
    [0xf0, 0xf0],
    [0xf0, 0xf1],
    [0x06, 0x06],
    [0xff, 0xff],
    [0xff, 0xfe],
    [2, 0],
  ] as const;
  return controls.flatMap((control) =>
    points.map(([destination, source]) =>
      framed(
        `llc ${destination} ${source} control ${control}`,
        llc(destination, source, control),
        counting(40),
      ),
    ),
  );
}

/** CLNP, ES-IS and IS-IS with every type of PDU, reserved bits set, and service access points that do not match. */
function isoFrames(): readonly Datagram[] {
  const iso = llc(0xfe, 0xfe, 3);
  const pdu = (protocol: number, type: number) =>
    joinBytes(bytes(protocol, 27, 1, 0, type, 1, 0, 0), counting(30));
  const types = [0, 1, 2, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 31];
  return [
    ...types.map((type) => framed(`isis ${type}`, iso, pdu(0x83, type))),
    ...[15, 16, 18, 24].map((type) => framed(`isis ${type} reserved`, iso, pdu(0x83, type | 0xe0))),
    ...[2, 4, 6].map((type) => framed(`esis ${type}`, iso, pdu(0x82, type))),
    ...[1, 0x1c, 0x1e].map((type) => framed(`clnp ${type}`, iso, pdu(0x81, type))),
    ...[0, 0x80, 0x84, 0xff].map((protocol) => framed(`iso ${protocol}`, iso, pdu(protocol, 15))),
    framed('iso to one point', llc(0xfe, 0, 3), pdu(0x83, 15)),
    framed('iso from one point', llc(0, 0xfe, 3), pdu(0x83, 15)),
    framed('isis cut', iso, bytes(0x83, 27)),
  ];
}

/** IPX in its four forms: Ethernet II, 802.2, raw 802.3, SNAP. */
function ipx(): readonly Datagram[] {
  const packet = joinBytes(word16(0xffff), word16(30), bytes(0, 4), counting(24, 0x40));
  return [
    { note: 'ipx ethernet', type: 0x8137, bytes: packet },
    framed('ipx llc', llc(0xe0, 0xe0, 3), packet),
    framed('ipx raw', packet),
    framed('ipx snap', snap(0, 0x8137), packet),
    framed('ipx snap of another organisation', snap(1, 0x8137), packet),
  ];
}

/** NetBEUI, spanning tree, AppleTalk and its ARP, each with and without what makes it one. */
function others(): readonly Datagram[] {
  const tree = joinBytes(word16(0), bytes(0, 0, 0), word32(0x80000011), counting(28));
  const deliver = joinBytes(word16(30), word16(0x1234), word16(0), bytes(1, 2, 3, 4), counting(20));
  return [
    framed('netbeui', llc(0xf0, 0xf0, 3), bytes(0x2c, 0, 0xff, 0xef), counting(40)),
    framed('netbeui to one point', llc(0xf0, 0xf1, 3), counting(40)),
    framed('stp', llc(0x42, 0x42, 3), tree),
    framed('stp from another point', llc(0x42, 0, 3), tree),
    framed('stp of cisco', snap(0x00000c, 0x010b), tree),
    framed('cdp', snap(0x00000c, 0x2000), counting(40)),
    framed('atalk snap', snap(0x080007, 0x809b), deliver),
    framed('aarp snap', snap(0, 0x80f3), deliver),
    framed('atalk snap of no organisation', snap(0, 0x809b), deliver),
    framed('aarp snap of apple', snap(0x080007, 0x80f3), deliver),
    { note: 'atalk ethernet', type: 0x809b, bytes: deliver },
    { note: 'aarp ethernet', type: 0x80f3, bytes: deliver },
    framed('snap cut', snap(0x080007, 0x809b).subarray(0, 7)),
    framed('nothing', zeros(0)),
    framed('one byte', bytes(0xfe)),
  ];
}
