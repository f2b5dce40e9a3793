/**
 * The shared memory of a BPF ring buffer (kernel/bpf/ringbuf.c): a page with the consumer's position, which we write; a
 * page with the producer's; the data pages, mapped twice in a row so that a record that wraps is contiguous. A record is a
 * header of 8 bytes, its length with two flags and a page number, then its bytes, padded to 8.
 */
import { libc } from '../ffi/libbpf.js';
import { openMapMemory } from './map-memory.js';

/** Bytes in front of a record. */
export const headerBytes = 8;

const discarded = 0x4000_0000;
const lengthMask = 0x3fff_ffff;

/** The shared memory of a ring, however it came about. */
export interface RingMemory {
  readonly consumerPosition: BigUint64Array;
  readonly producerPosition: BigUint64Array;
  /** The data pages, twice. */
  readonly data: ArrayBuffer;
  readonly dataOffset: number;
  readonly sizeBytes: number;
}

/** A ring that is mapped. Reading it after it was unmapped ends the process. */
export interface MappedRing {
  readonly memory: RingMemory;
  unmap(): void;
}

/** Map a ring. Throws BpfError. */
export function mapRing(ringFd: number, sizeBytes: number): MappedRing {
  const pageBytes = libc().getpagesize();
  const open = (offset: number, length: number, isWritable: boolean) =>
    openMapMemory(ringFd, 'the ring buffer', { offset, length, isWritable });
  const consumer = open(0, pageBytes, true);
  try {
    const shared = open(pageBytes, pageBytes + 2 * sizeBytes, false);
    return {
      memory: {
        consumerPosition: new BigUint64Array(consumer.bytes, 0, 1),
        producerPosition: new BigUint64Array(shared.bytes, 0, 1),
        data: shared.bytes,
        dataOffset: pageBytes,
        sizeBytes,
      },
      unmap: () => {
        consumer.unmap();
        shared.unmap();
      },
    };
  } catch (cause) {
    consumer.unmap();
    throw cause;
  }
}

/** Bytes that are written or being written. */
export function bytesIn({ consumerPosition, producerPosition }: RingMemory): number {
  return Number(Atomics.load(producerPosition, 0) - Atomics.load(consumerPosition, 0));
}

/** What a header says. The sign is BPF_RINGBUF_BUSY_BIT: reserved and not yet submitted. */
export function isUnfinished(header: number): boolean {
  return header < 0;
}

/** Nobody wants the record. */
export function isDiscarded(header: number): boolean {
  return (header & discarded) !== 0;
}

/** From one header to the next. */
export function stepBytes(header: number): number {
  return (headerBytes + (header & lengthMask) + 7) & ~7;
}
