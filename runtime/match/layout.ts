import type { Outcome } from '../../compiler/for-runtime.js';
import type { NetcapInput } from '../events/generated.js';

/** A packet of a capture file. */
export interface MatchPacket {
  readonly bytes: Uint8Array;
  /** On the wire. */
  readonly length: number;
  /** What the bytes start with. */
  readonly link: 'ethernet' | 'network';
}

/** How packets are laid out for the programs. */
export interface LayoutOptions {
  /** Target mbuf: spread each packet over so many mbufs. */
  readonly segments: number;
  /** Target skb: move VLAN tags to the skb's metadata. */
  readonly isVlanInMetadata: boolean;
}

/** A packet as a program takes it. */
export interface LaidOutPacket {
  /** Argument 0 of netcap_match. */
  readonly argument: bigint;
  /** The packet's value in map netcap_packets; undefined if the program looks elsewhere. */
  readonly input?: NetcapInput;
  /** Memory that the argument points to, to be kept until the program has run. */
  readonly memory?: Uint8Array;
}

/** Lays a packet out for one target; `key` is its place in map netcap_packets. */
export type Layout = (
  packet: MatchPacket,
  key: number,
  options: LayoutOptions,
) => Outcome<LaidOutPacket>;

/** The EtherType that the version field of a packet without a link header stands for. */
export function etherTypeOf(bytes: Uint8Array): number {
  const version = (bytes[0] ?? 0) >> 4;
  return version === 4 ? 0x0800 : version === 6 ? 0x86dd : 0;
}
