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
import type { Mapping } from '../ffi/handles.js';
import { lastErrno, libc, viewMemory } from '../ffi/libbpf.js';
import { createBpfError } from './error.js';

const headerBytes = 8;
/** Reserved and not yet submitted: nothing after it may be read either. */
const busy = 0x8000_0000;
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
  /** Until the kernel says that the ring fills, or so long. */
  wait(milliseconds: number): Promise<void>;
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

/** Map the ring of a descriptor. Throws BpfError. */
export function openRing(mapFd: number, sizeBytes: number): Ring {
  const pageBytes = libc().getpagesize();
  const sharedBytes = pageBytes + 2 * sizeBytes;
  const consumerPage = map(mapFd, pageBytes, protectionRead | protectionWrite, 0);
  let shared: Mapping;
  try {
    shared = map(mapFd, sharedBytes, protectionRead, pageBytes);
  } catch (cause) {
    libc().munmap(consumerPage, pageBytes);
    throw cause;
  }
  const data = viewMemory(shared, sharedBytes);
  const memory: RingMemory = {
    consumerPosition: new BigUint64Array(viewMemory(consumerPage, pageBytes), 0, 1),
    producerPosition: new BigUint64Array(data, 0, 1),
    data,
    dataOffset: pageBytes,
    sizeBytes,
  };
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
    wait: (milliseconds) => waitForData(mapFd, milliseconds),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      libc().munmap(consumerPage, pageBytes);
      libc().munmap(shared, sharedBytes);
    },
  };
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
  const words = new Uint32Array(data, dataOffset, sizeBytes / 4);
  const start = Number(Atomics.load(memory.consumerPosition, 0));
  const end = Number(Atomics.load(memory.producerPosition, 0));
  const offsets: number[] = [];
  let position = start;
  while (position < end && position - start < limitBytes) {
    const header = Atomics.load(words, (position % sizeBytes) / 4);
    if ((header & busy) !== 0) break;
    if ((header & discarded) === 0) offsets.push(position - start + headerBytes);
    position += (headerBytes + (header & lengthMask) + 7) & ~7;
  }
  if (position === start) return undefined;
  const bytes = memoryFor(position - start, spare);
  bytes.set(new Uint8Array(data, dataOffset + (start % sizeBytes), position - start));
  Atomics.store(memory.consumerPosition, 0, BigInt(position));
  return { bytes, offsets };
}

function memoryFor(size: number, spare: Uint8Array | undefined): Uint8Array {
  if (spare !== undefined && spare.length >= size) return spare.subarray(0, size);
  // Up to a power of two, so that the batch after it may well fit.
  return Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(size))).subarray(0, size);
}

/** POLLIN. */
const pollIn = 1;

/** The kernel wakes whoever polls a ring only when a program says so: see netcap_wake_up() in bpf-templates. */
function waitForData(mapFd: number, milliseconds: number): Promise<void> {
  // struct pollfd: the descriptor, and 16 bits each of events wanted and found.
  const descriptor = Int32Array.of(mapFd, pollIn);
  return new Promise((resolve) => libc().poll.async(descriptor, 1, milliseconds, () => resolve()));
}

const protectionRead = 1;
const protectionWrite = 2;
const mapShared = 1;
const mapFailed = 0xffff_ffff_ffff_ffffn;

function map(fd: number, length: number, protection: number, offset: number): Mapping {
  const mapping = libc().mmap(null, length, protection, mapShared, fd, offset);
  if (mapping === mapFailed) {
    throw createBpfError({ operation: 'map the ring buffer', errno: lastErrno() });
  }
  return mapping;
}
