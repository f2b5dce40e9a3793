/** Records copied out of rings. */
export interface RingBatch {
  readonly bytes: Uint8Array;
  /** Where each record begins in `bytes`, ascending. */
  readonly offsets: readonly number[];
  /** Gives the memory back for another batch: getting new memory costs more than copying into it. */
  recycle?(): void;
}

/** Memory for a batch: what is spare, if it is enough. */
export function memoryFor(size: number, spare: Uint8Array | undefined): Uint8Array {
  if (spare !== undefined && spare.length >= size) return spare.subarray(0, size);
  // Up to a power of two, so that the batch after it may well fit.
  return Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(size))).subarray(0, size);
}
