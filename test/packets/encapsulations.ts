import { bytes, joinBytes, word16, word32, zeros } from './bytes.js';

/** One entry of an MPLS label stack; `bottom` says that the payload follows it, whether or not it does. */
export interface Label {
  readonly label: number;
  readonly bottom: boolean;
  readonly trafficClass?: number;
  readonly timeToLive?: number;
}

/** A stack of MPLS labels, in front of what they carry. */
export function mpls(stack: readonly Label[], payload: Uint8Array): Uint8Array {
  const entries = stack.map(({ label, bottom, trafficClass = 0, timeToLive = 64 }) =>
    word32((label << 12) | (trafficClass << 9) | (bottom ? 0x100 : 0) | timeToLive),
  );
  return joinBytes(...entries, payload);
}

/** PPP protocol numbers that the packet maker knows by name. */
export const pppProtocols = {
  ip: 0x0021,
  iso: 0x0023,
  decnet: 0x0027,
  appleTalk: 0x0029,
  ipx: 0x002b,
  spanningTree: 0x0031,
  ip6: 0x0057,
  mpls: 0x0281,
  linkControl: 0xc021,
} as const;

/** A PPPoE packet (RFC 2516): discovery where `code` is not 0, else its payload is a PPP protocol and its data. */
export function pppoe(code: number, session: number, payload: Uint8Array): Uint8Array {
  return joinBytes(bytes(0x11, code), word16(session), word16(payload.length), payload);
}

/** What a PPPoE session carries. */
export function ppp(protocol: number, payload: Uint8Array): Uint8Array {
  return joinBytes(word16(protocol), payload);
}

/** UDP port of Geneve. */
export const genevePort = 6081;

/** UDP port of VXLAN. */
export const vxlanPort = 4789;

/** The fields of a Geneve header (RFC 8926) that tests vary. */
export interface Geneve {
  readonly network: number;
  /** EtherType of the payload; 0x6558 is an Ethernet frame. */
  readonly type: number;
  readonly optionWords?: number;
  readonly version?: number;
  readonly flags?: number;
}

/** A Geneve header, its options (bytes that look like EtherTypes) and the payload. */
export function geneve(fields: Geneve, payload: Uint8Array): Uint8Array {
  const { network, type, optionWords = 0, version = 0, flags = 0 } = fields;
  const options = Array.from({ length: optionWords }, () => word32(0x08006558));
  return joinBytes(
    bytes((version << 6) | optionWords, flags),
    word16(type),
    word32(network * 256),
    ...options,
    payload,
  );
}

/** A VXLAN header (RFC 7348) and the Ethernet frame that it carries. */
export function vxlan(network: number, frame: Uint8Array, flags = 8): Uint8Array {
  return joinBytes(bytes(flags), zeros(3), word32(network * 256), frame);
}
