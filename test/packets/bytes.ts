/** The bytes of `parts`, one after the other. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return joined;
}

/** A byte string of the given values, each taken modulo 256. */
export function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** A 16-bit number in network order. */
export function word16(value: number): Uint8Array {
  return bytes(value >>> 8, value);
}

/** A 32-bit number in network order. */
export function word32(value: number): Uint8Array {
  return bytes(value >>> 24, value >>> 16, value >>> 8, value);
}

/** `length` zero bytes. */
export function zeros(length: number): Uint8Array {
  return new Uint8Array(length);
}

/** The characters of an ASCII text. */
export function text(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}

/** `length` bytes that count up from `first`: a payload whose every byte tells its place. */
export function counting(length: number, first = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => first + index);
}

/** A copy of `source` with `replacement` written over it at `offset`. */
export function overwritten(
  source: Uint8Array,
  offset: number,
  replacement: Uint8Array,
): Uint8Array {
  const copy = source.slice();
  copy.set(replacement, offset);
  return copy;
}

/** The Internet checksum (RFC 1071). */
export function internetChecksum(...parts: readonly Uint8Array[]): number {
  const data = joinBytes(...parts);
  let sum = 0;
  for (let index = 0; index < data.length; index += 2) {
    sum += ((data[index] ?? 0) << 8) | (data[index + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** CRC32c as SCTP uses it (RFC 9260, appendix A). */
export function crc32c(data: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const value of data) {
    remainder ^= value;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = (remainder >>> 1) ^ ((remainder & 1) === 1 ? 0x82f63b78 : 0);
    }
  }
  return ~remainder >>> 0;
}

/** The bytes in hexadecimal. */
export function hex(data: Uint8Array): string {
  return Buffer.from(data).toString('hex');
}
