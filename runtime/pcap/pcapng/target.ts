/** Up to here words in a loop are faster than a call of `set`, with its view of the source; measured on Node 20. */
const mostLoopBytes = 128;

/** Memory that records are written to, kept from batch to batch: new pages for each would cost more than copying. */
export interface Target {
  bytes: Buffer;
  view: DataView;
  words: Uint32Array;
}

/** A target with room for some packets. */
export function createTarget(): Target {
  const bytes = Buffer.allocUnsafeSlow(1 << 16);
  return { bytes, view: new DataView(bytes.buffer), words: new Uint32Array(bytes.buffer) };
}

/** Make room for `size` bytes in all, of which the first `used` stay. */
export function reserve(target: Target, size: number, used: number): void {
  if (size <= target.bytes.length) return;
  const larger = Buffer.allocUnsafeSlow((size * 2 + 3) & ~3);
  target.bytes.copy(larger, 0, 0, used);
  target.bytes = larger;
  target.view = new DataView(larger.buffer);
  target.words = new Uint32Array(larger.buffer);
}

/** Bytes that are read, byte by byte and as words where they allow it. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Undefined if they do not begin at a multiple of 4. */
  readonly words: Uint32Array | undefined;
}

/** A source of some bytes. */
export function createSource(bytes: Uint8Array): Source {
  const { buffer, byteOffset, length } = bytes;
  return {
    bytes,
    view: new DataView(buffer, byteOffset, length),
    words: byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, length >>> 2) : undefined,
  };
}

/** Copy bytes. What follows them up to the next multiple of 4 in the target becomes anything. */
export function copyBytes(
  source: Source,
  from: number,
  target: Target,
  to: number,
  size: number,
): void {
  if (size > mostLoopBytes || ((from | to) & 3) !== 0 || source.words === undefined) {
    const { buffer, byteOffset } = source.bytes;
    target.bytes.set(new Uint8Array(buffer, byteOffset + from, size), to);
    return;
  }
  const { words } = source;
  let next = from >>> 2;
  const end = (to + size + 3) >>> 2;
  for (let word = to >>> 2; word < end; word++) target.words[word] = words[next++] ?? 0;
}
