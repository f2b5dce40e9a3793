import type { RingBatch } from '../../runtime/bpf/ring-batch.js';
import {
  encodeNetcapRecord,
  type NetcapRecord,
  netcapRecordSize,
} from '../../runtime/events/generated.js';

/** A record as programs write it, with what a test does not care about. */
export function record(values: Partial<NetcapRecord>): NetcapRecord {
  return {
    timestamp: 0n,
    packet: 0n,
    location: 0n,
    length: 0,
    captured: 0,
    hook: 0,
    reason: 0,
    interface: 0,
    process: 0,
    thread: 0,
    processor: 0,
    lost: 0,
    protocol: 0,
    flags: 0,
    ...values,
  };
}

/** A batch as the ring gives it out: records with 8 bytes in front of each, padded to 8. */
export function batch(
  packets: readonly { readonly record: Partial<NetcapRecord>; readonly bytes: Uint8Array }[],
): RingBatch {
  const offsets: number[] = [];
  let end = 0;
  for (const { bytes } of packets) {
    offsets.push(end + 8);
    end += (8 + netcapRecordSize + bytes.length + 7) & ~7;
  }
  const all = new Uint8Array(end);
  const view = new DataView(all.buffer);
  for (const [index, packet] of packets.entries()) {
    const offset = offsets[index] ?? 0;
    const { bytes } = packet;
    const values = { length: bytes.length, captured: bytes.length, ...packet.record };
    encodeNetcapRecord(record(values), view, offset);
    all.set(bytes, offset + netcapRecordSize);
  }
  return { bytes: all, offsets };
}
