import type { RingBatch } from '../bpf/ring-batch.js';

/** A format of capture files: from packets to bytes. What it returns is valid until the next call. */
export interface CaptureFormat {
  /** What every file begins with. */
  header(): Uint8Array;
  /** The packets of a batch, one record after the other. */
  packets(batch: RingBatch): Uint8Array;
  /** Where the record that begins at `offset` ends; all of its first `leastRecordBytes` are there. */
  recordEnd(records: DataView, offset: number): number;
  /** Size of the smallest record. */
  readonly leastRecordBytes: number;
  /** What is known of the hooks by now, for the end of a file and now and then; empty if the format has no place. */
  statistics(): Uint8Array;
}

/** What is said of a packet besides its bytes and numbers. */
export interface Remark {
  /** For people. */
  readonly text?: string;
  /** The function that it was dropped in, as the hook says: `udp_queue_rcv_skb+0x1c`. */
  readonly location?: string;
}

/** The beginning of some encoded records. */
export interface RecordsPart {
  readonly bytes: number;
  readonly count: number;
}

/** How much of some encoded records is whole if only their first `limit` bytes got through. */
export function wholeRecords(
  format: CaptureFormat,
  records: Uint8Array,
  limit: number,
): RecordsPart {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  let bytes = 0;
  let count = 0;
  while (bytes + format.leastRecordBytes <= limit) {
    const next = format.recordEnd(view, bytes);
    if (next > limit) break;
    bytes = next;
    count++;
  }
  return { bytes, count };
}

/** The records up to the first that reaches beyond `limit`, that one too. */
export function recordsUpTo(
  format: CaptureFormat,
  records: Uint8Array,
  limit: number,
): RecordsPart {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  let bytes = 0;
  let count = 0;
  while (bytes <= limit && bytes < records.length) {
    bytes = format.recordEnd(view, bytes);
    count++;
  }
  return { bytes, count };
}
