/**
 * Consumer side of BPF ring buffers, over their mapped pages.
 *
 * libbpf's ring_buffer__consume calls back for every record, and a callback from C into JavaScript costs more (88 ns)
 * than all the rest of reading one (39 ns). Here the headers are walked in place and everything that is complete is
 * copied out at once, so a batch is ordinary memory: it stays valid for as long as anybody wants it, and the kernel
 * has its room back before the first record is looked at. Views of the ring itself would not do: reading one after the
 * ring was unmapped ends the process.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryFor, type RingBatch } from './ring-batch.js';
import {
  bytesIn,
  headerBytes,
  isDiscarded,
  isUnfinished,
  type MappedRing,
  mapRing,
  type RingMemory,
  stepBytes,
} from './ring-memory.js';
import { mergeRecords } from './ring-merge.js';
import { openRingWait, type RingWait } from './ring-wait.js';

/** The reader of one ring, or of several that CPUs share. */
export interface Ring {
  /** What is complete, oldest first, up to about `limitBytes`; undefined if there is nothing. */
  take(limitBytes: number): RingBatch | undefined;
  /** Until so many bytes are in a ring, or so long. */
  wait(bytes: number, milliseconds: number): Promise<void>;
  close(): void;
}

/** The descriptors of rings. */
export interface RingMaps {
  readonly ringFds: readonly number[];
  /** The map of the section `.data.consumer`, see bpf-templates. */
  readonly consumerFd: number;
}

/** What is in the ring and cannot be taken will soon be finished. */
const unfinishedMilliseconds = 1;

/** Longer than a program takes from its stamp to its end. */
const settledNanoseconds = 1_000_000;

/** Map rings of one size. Throws BpfError. */
export function openRing({ ringFds, consumerFd }: RingMaps, sizeBytes: number): Ring {
  const mapped: MappedRing[] = [];
  const unmap = () => {
    for (const each of mapped.splice(0)) each.unmap();
  };
  let waiting: RingWait;
  try {
    for (const fd of ringFds) mapped.push(mapRing(fd, sizeBytes));
    waiting = openRingWait(ringFds, consumerFd);
  } catch (cause) {
    unmap();
    throw cause;
  }
  const memories = mapped.map(({ memory }) => memory);
  const [only] = memories.length === 1 ? memories : [];
  const takeFrom = (limitBytes: number, spare: Uint8Array | undefined) =>
    only === undefined
      ? mergeRecords(memories, limitBytes, settledTime(), spare)
      : takeRecords(only, limitBytes, spare);
  let spare: Uint8Array | undefined;
  let isOpen = true;
  return {
    take: (limitBytes) => {
      if (!isOpen) return undefined;
      const batch = takeFrom(limitBytes, spare);
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
      if (memories.some((memory) => bytesIn(memory) >= bytes)) await sleep(unfinishedMilliseconds);
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

/** Records with earlier stamps are finished. */
function settledTime(): number {
  return Number(process.hrtime.bigint()) - settledNanoseconds;
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
    // Nothing after it may be read either.
    if (isUnfinished(header)) break;
    if (!isDiscarded(header)) offsets.push(size + headerBytes);
    size += stepBytes(header);
  }
  if (size === 0) return undefined;
  const bytes = memoryFor(size, spare);
  bytes.set(new Uint8Array(data, dataOffset + first, size));
  Atomics.store(memory.consumerPosition, 0, position + BigInt(size));
  return { bytes, offsets };
}
