/**
 * Blocks and options of pcapng (draft-ietf-opsawg-pcapng, sections 3.1 and 3.5), little-endian: what is written once
 * for a file or now and then. Packets are encoded in packets.ts without a buffer for each option.
 */

/** Block types, section 4 of the draft. */
export const blockType = {
  section: 0x0a0d0d0a,
  interface: 1,
  statistics: 5,
  packet: 6,
} as const;

/** The option that ends a list of options: code and length 0. */
export const endOfOptionsBytes = 4;

const commentCode = 1;

/** The longest value that an option can have, in bytes. */
export const mostOptionBytes = 65535;

/** Bytes of a value up to the next multiple of 4, to which everything is padded. */
export function padded(bytes: number): number {
  return (bytes + 3) & ~3;
}

/** An option with its padding. The value has `mostOptionBytes` at most. */
export function encodeOption(code: number, value: Uint8Array): Uint8Array {
  const option = new Uint8Array(4 + padded(value.length));
  const view = new DataView(option.buffer);
  view.setUint16(0, code, true);
  view.setUint16(2, value.length, true);
  option.set(value, 4);
  return option;
}

/** An option that is text; what does not fit is cut off, at the end of a character. */
export function encodeText(code: number, text: string): Uint8Array {
  const bytes = new Uint8Array(mostOptionBytes);
  const { written } = new TextEncoder().encodeInto(text, bytes);
  return encodeOption(code, bytes.subarray(0, written));
}

/** `opt_comment`. */
export function encodeComment(text: string): Uint8Array {
  return encodeText(commentCode, text);
}

/** An option that is a 64-bit number. */
export function encodeCount(code: number, count: bigint): Uint8Array {
  return encodeOption(code, new Uint8Array(new BigUint64Array([count]).buffer));
}

/** An option that is a time, as blocks write them: the upper half first. */
export function encodeTime(code: number, nanoseconds: bigint): Uint8Array {
  const halves = new Uint32Array([Number(nanoseconds >> 32n), Number(nanoseconds & 0xffff_ffffn)]);
  return encodeOption(code, new Uint8Array(halves.buffer));
}

/** A block: type, length, fixed part, options, length again. */
export function encodeBlock(
  type: number,
  fixed: Uint8Array,
  options: readonly Uint8Array[],
): Uint8Array {
  const optionBytes = options.reduce((sum, { length }) => sum + length, 0);
  const total = 12 + fixed.length + optionBytes + (options.length > 0 ? endOfOptionsBytes : 0);
  const block = new Uint8Array(total);
  const view = new DataView(block.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, total, true);
  block.set(fixed, 8);
  let end = 8 + fixed.length;
  for (const option of options) {
    block.set(option, end);
    end += option.length;
  }
  view.setUint32(total - 4, total, true);
  return block;
}
