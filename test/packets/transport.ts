import {
  bytes,
  crc32c,
  internetChecksum,
  joinBytes,
  overwritten,
  word16,
  word32,
  zeros,
} from './bytes.js';
import type { Transport } from './network.js';

/** IP protocol numbers that the packet maker knows by name. */
export const protocols = {
  icmp: 1,
  igmp: 2,
  tcp: 6,
  igrp: 9,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmp6: 58,
  pim: 103,
  vrrp: 112,
  sctp: 132,
} as const;

/** The fields of a TCP header that tests vary. */
export interface Tcp {
  readonly flags?: number;
  readonly options?: Uint8Array;
  /** Header length in words; what the header says, whatever the options are. */
  readonly headerWords?: number;
  readonly sequence?: number;
  readonly window?: number;
  readonly payload?: Uint8Array;
}

/** A TCP segment. */
export function tcp(source: number, destination: number, fields: Tcp = {}): Transport {
  const options = fields.options ?? zeros(0);
  const headerWords = fields.headerWords ?? 5 + options.length / 4;
  return {
    protocol: protocols.tcp,
    checksumOffset: 16,
    bytes: joinBytes(
      word16(source),
      word16(destination),
      word32(fields.sequence ?? 0x01020304),
      word32(0x0a0b0c0d),
      bytes(headerWords << 4, fields.flags ?? 0x10),
      word16(fields.window ?? 0xfaf0),
      zeros(4),
      options,
      fields.payload ?? zeros(0),
    ),
  };
}

/** A UDP datagram. */
export function udp(source: number, destination: number, payload: Uint8Array): Transport {
  return {
    protocol: protocols.udp,
    checksumOffset: 6,
    bytes: joinBytes(
      word16(source),
      word16(destination),
      word16(8 + payload.length),
      zeros(2),
      payload,
    ),
  };
}

/** An SCTP packet; `chunks` follow the common header. */
export function sctp(source: number, destination: number, chunks: Uint8Array): Transport {
  const packet = joinBytes(
    word16(source),
    word16(destination),
    word32(0x5a5a5a5a),
    zeros(4),
    chunks,
  );
  const checksum = crc32c(packet);
  const stored = new Uint8Array(4);
  new DataView(stored.buffer).setUint32(0, checksum, true);
  return { protocol: protocols.sctp, bytes: overwritten(packet, 8, stored) };
}

/** An ICMP message. */
export function icmp(type: number, code: number, rest: Uint8Array): Transport {
  return { protocol: protocols.icmp, bytes: selfChecked(joinBytes(bytes(type, code, 0, 0), rest)) };
}

/** An ICMPv6 message. */
export function icmp6(type: number, code: number, rest: Uint8Array): Transport {
  return {
    protocol: protocols.icmp6,
    checksumOffset: 2,
    bytes: joinBytes(bytes(type, code, 0, 0), rest),
  };
}

/** An IGMP message about a group. */
export function igmp(type: number, group: Uint8Array): Transport {
  return { protocol: protocols.igmp, bytes: selfChecked(joinBytes(bytes(type, 0, 0, 0), group)) };
}

/** A VRRP or CARP advertisement: both are protocol 112. */
export function vrrp(versionAndType: number, identifier: number): Transport {
  const header = bytes(versionAndType, identifier, 0, 0);
  return { protocol: protocols.vrrp, bytes: joinBytes(header, bytes(100, 1, 0, 0), zeros(8)) };
}

/** An encapsulating security payload: index, sequence number, opaque bytes. */
export function esp(opaque: Uint8Array): Transport {
  return { protocol: protocols.esp, bytes: joinBytes(word32(0xc0ffee), word32(1), opaque) };
}

/** An authentication header in front of another transport, as IPv4 carries it. */
export function ah(inner: Transport): Transport {
  const header = joinBytes(bytes(inner.protocol, 4, 0, 0), word32(0x1000), word32(7), zeros(12));
  return { protocol: protocols.ah, bytes: joinBytes(header, inner.bytes) };
}

/** A GRE header without options in front of `payload` of EtherType `type`. */
export function gre(type: number, payload: Uint8Array): Transport {
  return { protocol: protocols.gre, bytes: joinBytes(word16(0), word16(type), payload) };
}

/** Any other protocol: opaque bytes under its number. */
export function opaque(protocol: number, payload: Uint8Array): Transport {
  return { protocol, bytes: payload };
}

function selfChecked(message: Uint8Array): Uint8Array {
  return overwritten(message, 2, word16(internetChecksum(message)));
}
