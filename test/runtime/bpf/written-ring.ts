import type { RingMemory } from '../../../runtime/bpf/ring-memory.js';

/** Flags of a header. */
export const busy = 0x8000_0000;
export const discarded = 0x4000_0000;

/** The shared memory of a ring, with both copies of the data pages kept equal, as mapping twice does. */
export function createWrittenRing(position: number, sizeBytes: number) {
  const memory: RingMemory = {
    consumerPosition: BigUint64Array.of(BigInt(position)),
    producerPosition: BigUint64Array.of(BigInt(position)),
    data: new ArrayBuffer(2 * sizeBytes),
    dataOffset: 0,
    sizeBytes,
  };
  const bytes = new Uint8Array(memory.data);
  const put = (at: number, value: number) => {
    bytes[at % sizeBytes] = value;
    bytes[(at % sizeBytes) + sizeBytes] = value;
  };
  return {
    memory,
    /** Add a record as the kernel does. */
    produce: (record: Uint8Array, flags = 0) => {
      const start = Number(memory.producerPosition[0]);
      const header = new Uint8Array(Uint32Array.of((record.length | flags) >>> 0, 0).buffer);
      for (const [index, value] of [...header, ...record].entries()) put(start + index, value);
      memory.producerPosition[0] = BigInt(start + ((8 + record.length + 7) & ~7));
    },
    /** Clear the flags of the record at a position. */
    commit: (at: number) => put(at + 3, 0),
  };
}
