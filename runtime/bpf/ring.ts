/**
 * Consumer side of a BPF ring buffer, over its mapped pages.
 *
 * libbpf's ring_buffer__consume calls back for every record, and a callback from C into JavaScript costs more (88 ns)
 * than all the rest of reading one (39 ns). Here the headers are walked in place and everything that is complete is
 * copied out at once, so a batch is ordinary memory: it stays valid for as long as anybody wants it, and the kernel
 * has its room back before the first record is looked at. Views of the ring itself would not do: reading one after the
 * ring was unmapped ends the process.
 *
 * Layout (kernel/bpf/ringbuf.c): a page with the consumer's position, which we write; a page with the producer's; the
 * data pages, mapped twice in a row so that a record that wraps is contiguous. A record is a header of 8 bytes, its
 * length with two flags and a page number, then its bytes, padded to 8.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { libc } from '../ffi/libbpf.js';
import { type MapMemory, openMapMemory } from './map-memory.js';
import { openRingWait, type RingWait } from './ring-wait.js';

const headerBytes = 8;
const discarded = 0x4000_0000;
const lengthMask = 0x3fff_ffff;

/** Records copied out of a ring. */
export interface RingBatch {
  readonly bytes: Uint8Array;
  /** Where each record begins in `bytes`. */
  readonly offsets: readonly number[];
  /** Gives the memory back for another batch: getting new memory costs more than copying into it. */
  recycle?(): void;
}

/** The reader of one ring. */
export interface Ring {
  /** What is complete, oldest first, up to about `limitBytes`; undefined if there is nothing. */
  take(limitBytes: number): RingBatch | undefined;
  /** Until so many bytes are in the ring, or so long. */
  wait(bytes: number, milliseconds: number): Promise<void>;
  close(): void;
}

/** The shared memory of a ring, however it came about. */
export interface RingMemory {
  readonly consumerPosition: BigUint64Array;
  readonly producerPosition: BigUint64Array;
  /** The data pages, twice. */
  readonly data: ArrayBuffer;
  readonly dataOffset: number;
  readonly sizeBytes: number;
}

/** The descriptors of a ring. */
export interface RingMaps {
  readonly ringFd: number;
  /** The map of the section `.data.consumer`, see bpf-templates. */
  readonly consumerFd: number;
}

/** What is in the ring and cannot be taken will soon be finished. */
const unfinishedMilliseconds = 1;

/** Map a ring. Throws BpfError. */
export function openRing({ ringFd, consumerFd }: RingMaps, sizeBytes: number): Ring {
  const pageBytes = libc().getpagesize();
  const opened: MapMemory[] = [];
  const openPart = (offset: number, length: number, isWritable: boolean) => {
    const part = openMapMemory(ringFd, 'the ring buffer', { offset, length, isWritable });
    opened.push(part);
    return part.bytes;
  };
  const unmap = () => {
    for (const part of opened.splice(0)) part.unmap();
  };
  let memory: RingMemory;
  let waiting: RingWait;
  try {
    const consumer = openPart(0, pageBytes, true);
    const shared = openPart(pageBytes, pageBytes + 2 * sizeBytes, false);
    memory = {
      consumerPosition: new BigUint64Array(consumer, 0, 1),
      producerPosition: new BigUint64Array(shared, 0, 1),
      data: shared,
      dataOffset: pageBytes,
      sizeBytes,
    };
    waiting = openRingWait(ringFd, consumerFd);
  } catch (cause) {
    unmap();
    throw cause;
  }
  let spare: Uint8Array | undefined;
  let isOpen = true;
  return {
    take: (limitBytes) => {
      if (!isOpen) return undefined;
      const batch = takeRecords(memory, limitBytes, spare);
      if (batch === undefined) return undefined;
      const { buffer } = batch.bytes;
      spare = undefined;
      return {
        ...batch,
        recycle: () => {
          spare = new Uint8Array(buffer);
        },
      };
    },
    wait: async (bytes, milliseconds) => {
      if (!isOpen) return;
      waiting.want(bytes);
      // What came before the programs knew woke nobody.
      if (bytesIn(memory) >= bytes) await sleep(unfinishedMilliseconds);
      else await waiting.wait(milliseconds);
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      waiting.close();
      unmap();
    },
  };
}

/** Bytes that are written or being written. */
function bytesIn({ consumerPosition, producerPosition }: RingMemory): number {
  return Number(Atomics.load(producerPosition, 0) - Atomics.load(consumerPosition, 0));
}

/**
 * Copy out complete records and give their room back to the kernel. The loads of position and header have to be
 * acquires and the store of the consumer's position a release; `Atomics` gives both on any processor. The batch goes
 * to `spare` if there is room.
 */
export function takeRecords(
  memory: RingMemory,
  limitBytes: number,
  spare?: Uint8Array,
): RingBatch | undefined {
  const { data, dataOffset, sizeBytes } = memory;
  const words = new Int32Array(data, dataOffset, sizeBytes / 2);
  const position = Atomics.load(memory.consumerPosition, 0);
  // From here on small numbers, which are quicker: a ring has been round a thousand times before long.
  const first = Number(position % BigInt(sizeBytes));
  const end = bytesIn(memory);
  const offsets: number[] = [];
  let size = 0;
  while (size < end && size < limitBytes) {
    const header = Atomics.load(words, (first + size) >>> 2);
    // The sign is BPF_RINGBUF_BUSY_BIT: reserved and not yet submitted. Nothing after it may be read either.
    if (header < 0) break;
    if ((header & discarded) === 0) offsets.push(size + headerBytes);
    size += (headerBytes + (header & lengthMask) + 7) & ~7;
  }
  if (size === 0) return undefined;
  const bytes = memoryFor(size, spare);
  bytes.set(new Uint8Array(data, dataOffset + first, size));
  Atomics.store(memory.consumerPosition, 0, position + BigInt(size));
  return { bytes, offsets };
}

function memoryFor(size: number, spare: Uint8Array | undefined): Uint8Array {
  if (spare !== undefined && spare.length >= size) return spare.subarray(0, size);
  // Up to a power of two, so that the batch after it may well fit.
  return Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(size))).subarray(0, size);
}
