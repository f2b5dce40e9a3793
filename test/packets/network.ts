import { address4, address6 } from './addresses.js';
import { bytes, internetChecksum, joinBytes, overwritten, word16, word32, zeros } from './bytes.js';

/** A transport header with its payload, as an IP header carries it. */
export interface Transport {
  readonly protocol: number;
  readonly bytes: Uint8Array;
  /** Where a checksum over the pseudo header and these bytes belongs, if the protocol has one. */
  readonly checksumOffset?: number;
}

/** The fields of an IPv4 header that tests vary. */
export interface Ip4 {
  readonly source: string;
  readonly destination: string;
  readonly options?: Uint8Array;
  readonly version?: number;
  /** Header length in words; what the header says, whatever the options are. */
  readonly headerWords?: number;
  readonly service?: number;
  readonly identification?: number;
  /** The 16 bits of flags and fragment offset. */
  readonly fragment?: number;
  readonly timeToLive?: number;
  readonly totalLength?: number;
}

/** More-fragments flag of IPv4. */
export const moreFragments = 0x2000;

/** Do-not-fragment flag of IPv4. */
export const doNotFragment = 0x4000;

/** An IPv4 datagram. */
export function ip4(fields: Ip4, transport: Transport): Uint8Array {
  const source = address4(fields.source);
  const destination = address4(fields.destination);
  const payload = checksummed(transport, source, destination);
  return ip4Header(fields, transport.protocol, payload);
}

/** An IPv4 datagram cut into fragments of `size` payload bytes, a multiple of 8. */
export function ip4Fragments(
  fields: Ip4,
  transport: Transport,
  size: number,
): readonly Uint8Array[] {
  const payload = checksummed(transport, address4(fields.source), address4(fields.destination));
  const count = Math.ceil(payload.length / size);
  return Array.from({ length: count }, (_, index) => {
    const fragment = (index * size) / 8 + (index < count - 1 ? moreFragments : 0);
    const slice = payload.subarray(index * size, (index + 1) * size);
    return ip4Header({ ...fields, fragment }, transport.protocol, slice);
  });
}

function ip4Header(fields: Ip4, protocol: number, payload: Uint8Array): Uint8Array {
  const options = fields.options ?? zeros(0);
  const headerWords = fields.headerWords ?? 5 + options.length / 4;
  const header = joinBytes(
    bytes(((fields.version ?? 4) << 4) | headerWords, fields.service ?? 0),
    word16(fields.totalLength ?? 20 + options.length + payload.length),
    word16(fields.identification ?? 0x1234),
    word16(fields.fragment ?? 0),
    bytes(fields.timeToLive ?? 64, protocol, 0, 0),
    address4(fields.source),
    address4(fields.destination),
    options,
  );
  return joinBytes(overwritten(header, 10, word16(internetChecksum(header))), payload);
}

/** The fields of an IPv6 header that tests vary. */
export interface Ip6 {
  readonly source: string;
  readonly destination: string;
  readonly version?: number;
  readonly trafficClass?: number;
  readonly flowLabel?: number;
  readonly hopLimit?: number;
  readonly payloadLength?: number;
}

/** An IPv6 datagram; `extensions` stand between the header and the transport. */
export function ip6(
  fields: Ip6,
  transport: Transport,
  extensions: readonly Extension[] = [],
): Uint8Array {
  const source = address6(fields.source);
  const destination = address6(fields.destination);
  const payload = checksummed(transport, source, destination);
  const numbers = [...extensions.map((extension) => extension.protocol), transport.protocol];
  const headers = extensions.map((extension, index) => extension.build(numbers[index + 1] ?? 59));
  const body = joinBytes(...headers, payload);
  return joinBytes(
    word32(
      ((fields.version ?? 6) << 28) | ((fields.trafficClass ?? 0) << 20) | (fields.flowLabel ?? 0),
    ),
    word16(fields.payloadLength ?? body.length),
    bytes(numbers[0] ?? 59, fields.hopLimit ?? 64),
    source,
    destination,
    body,
  );
}

/** An IPv6 extension header: its own number, and its bytes given the number of what follows. */
export interface Extension {
  readonly protocol: number;
  readonly build: (next: number) => Uint8Array;
}

/** Hop-by-hop options (0), routing (43) or destination options (60), of `words` times 8 bytes. */
export function optionsExtension(protocol: 0 | 43 | 60, words = 1): Extension {
  const padding = words * 8 - 4;
  return {
    protocol,
    build: (next) => joinBytes(bytes(next, words - 1, 1, padding), zeros(padding)),
  };
}

/** A fragment header: offset in units of 8 bytes, and whether more fragments follow. */
export function fragmentExtension(offset: number, more: boolean): Extension {
  return {
    protocol: 44,
    build: (next) =>
      joinBytes(bytes(next, 0), word16((offset << 3) | (more ? 1 : 0)), word32(0xdeadbeef)),
  };
}

/** An authentication header with `words` words of check value. */
export function authenticationExtension(words = 3): Extension {
  return {
    protocol: 51,
    build: (next) =>
      joinBytes(bytes(next, words + 1, 0, 0), word32(0x1000), word32(7), zeros(words * 4)),
  };
}

function checksummed(
  transport: Transport,
  source: Uint8Array,
  destination: Uint8Array,
): Uint8Array {
  if (transport.checksumOffset === undefined) return transport.bytes;
  const length = word32(transport.bytes.length);
  const pseudoHeader = joinBytes(source, destination, length, word32(transport.protocol));
  const checksum = internetChecksum(pseudoHeader, transport.bytes);
  return overwritten(transport.bytes, transport.checksumOffset, word16(checksum));
}
