/** Several rings read as one: what CPUs wrote apart comes in the order of its timestamps. */
import { netcapRecordOffset } from '../events/generated.js';
import { memoryFor, type RingBatch } from './ring-batch.js';
import {
  bytesIn,
  headerBytes,
  isDiscarded,
  isUnfinished,
  type RingMemory,
  stepBytes,
} from './ring-memory.js';

/** How far a ring has been read. */
interface Cursor {
  readonly memory: RingMemory;
  /** Headers, and timestamps, which are aligned to 8 bytes like records are. */
  readonly words: Int32Array;
  /** The consumer's, and where in the data that is. */
  readonly position: bigint;
  readonly first: number;
  readonly end: number;
  walked: number;
  /** Of the record at `walked`; infinite if there is none, or none that is finished. */
  timestamp: number;
}

/** Records of one ring that come one after the other in it and in the batch. */
interface Run {
  readonly cursor: Cursor;
  readonly start: number;
  length: number;
}

/**
 * Copy out complete records that are stamped up to `horizon`, oldest first, up to about `limitBytes`, and give their room
 * back to the kernel. `horizon` has to be so long ago that no program is still to finish a record with such a stamp:
 * then no later batch has an older one. In nanoseconds; above 2^53, which is 104 days, to two of them.
 */
export function mergeRecords(
  rings: readonly RingMemory[],
  limitBytes: number,
  horizon: number,
  spare?: Uint8Array,
): RingBatch | undefined {
  const cursors = rings.map(startCursor);
  const runs: Run[] = [];
  const offsets: number[] = [];
  let size = 0;
  while (size < limitBytes) {
    const cursor = oldest(cursors);
    if (cursor === undefined || cursor.timestamp > horizon) break;
    const start = cursor.walked;
    const step = stepBytes(headerAt(cursor));
    const run = runs.at(-1);
    if (run?.cursor === cursor && run.start + run.length === start) run.length += step;
    else runs.push({ cursor, start, length: step });
    offsets.push(size + headerBytes);
    size += step;
    cursor.walked += step;
    findRecord(cursor);
  }
  const bytes = size === 0 ? undefined : copyRuns(runs, memoryFor(size, spare));
  for (const { memory, position, walked } of cursors) {
    if (walked > 0) Atomics.store(memory.consumerPosition, 0, position + BigInt(walked));
  }
  return bytes && { bytes, offsets };
}

function startCursor(memory: RingMemory): Cursor {
  const { consumerPosition, data, dataOffset, sizeBytes } = memory;
  const position = Atomics.load(consumerPosition, 0);
  const cursor: Cursor = {
    memory,
    position,
    words: new Int32Array(data, dataOffset, sizeBytes / 2),
    first: Number(position % BigInt(sizeBytes)),
    end: bytesIn(memory),
    walked: 0,
    timestamp: Number.POSITIVE_INFINITY,
  };
  findRecord(cursor);
  return cursor;
}

function headerAt({ words, first, walked }: Cursor): number {
  return Atomics.load(words, (first + walked) >>> 2);
}

/** Go on to the next record that is finished and wanted. */
function findRecord(cursor: Cursor): void {
  cursor.timestamp = Number.POSITIVE_INFINITY;
  while (cursor.walked < cursor.end) {
    const header = headerAt(cursor);
    if (isUnfinished(header)) return;
    if (!isDiscarded(header)) {
      const place =
        (cursor.first + cursor.walked + headerBytes + netcapRecordOffset.timestamp) >>> 2;
      const low = cursor.words[place] ?? 0;
      const high = cursor.words[place + 1] ?? 0;
      cursor.timestamp = (high >>> 0) * 2 ** 32 + (low >>> 0);
      return;
    }
    cursor.walked += stepBytes(header);
  }
}

function oldest(cursors: readonly Cursor[]): Cursor | undefined {
  let found: Cursor | undefined;
  for (const cursor of cursors)
    if (found === undefined || cursor.timestamp < found.timestamp) found = cursor;
  return found?.timestamp === Number.POSITIVE_INFINITY ? undefined : found;
}

function copyRuns(runs: readonly Run[], bytes: Uint8Array): Uint8Array {
  let at = 0;
  for (const { cursor, start, length } of runs) {
    const { data, dataOffset } = cursor.memory;
    bytes.set(new Uint8Array(data, dataOffset + cursor.first + start, length), at);
    at += length;
  }
  return bytes;
}
