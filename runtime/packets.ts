import type { RingBatch } from './bpf/ring-batch.js';
import { decodeNetcapRecord, type NetcapRecord, netcapRecordSize } from './events/generated.js';

/** A packet with what the kernel said of it. */
export interface Packet {
  readonly record: NetcapRecord;
  /** From the MAC header, or without the flag `ethernet` from the network header. A view of the batch. */
  readonly bytes: Uint8Array;
}

/** The packets of a batch, decoded one by one. */
export function* packetsOf(batch: RingBatch): Generator<Packet> {
  const { bytes, offsets } = batch;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const offset of offsets) {
    const record = decodeNetcapRecord(view, offset);
    const start = offset + netcapRecordSize;
    yield { record, bytes: bytes.subarray(start, start + record.captured) };
  }
}
