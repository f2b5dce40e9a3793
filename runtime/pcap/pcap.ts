/**
 * The classic capture file: magic for nanoseconds, little-endian, one link type, Ethernet. Pure.
 *
 * Not every hook sees a MAC header. A packet that starts at its network header gets an Ethernet header of zero
 * addresses and its EtherType, because a file has one link type for all.
 */

import type { RingBatch } from '../bpf/ring.js';
import { recordFlags } from '../events/flags.js';
import { netcapRecordOffset, netcapRecordSize } from '../events/generated.js';
import type { WallTime } from './clock.js';

const magicNanoseconds = 0xa1b23c4d;
const linkEthernet = 1;
const ethernetBytes = 14;
const recordHeaderBytes = 16;

/** Size of the header of a capture file. */
export const pcapHeaderBytes = 24;

/** The header of a capture file. */
export function encodePcapHeader(snaplenBytes: number): Uint8Array {
  const header = new Uint8Array(pcapHeaderBytes);
  const view = new DataView(header.buffer);
  view.setUint32(0, magicNanoseconds, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  // Room for the header that some packets get.
  view.setUint32(16, snaplenBytes + ethernetBytes, true);
  view.setUint32(20, linkEthernet, true);
  return header;
}

/** The records of a batch, one after the other. */
export function encodePcapRecords(
  batch: RingBatch,
  wallTime: (low: number, high: number) => WallTime,
): Uint8Array {
  const { bytes, offsets } = batch;
  const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Both headers that are written together are smaller than the one of the ring's record.
  const target = Buffer.allocUnsafeSlow(bytes.length);
  const view = new DataView(target.buffer, target.byteOffset, target.length);
  let end = 0;
  for (const start of offsets) {
    const at = (member: keyof typeof netcapRecordOffset) => start + netcapRecordOffset[member];
    const captured = source.getUint32(at('captured'), true);
    const isEthernet = (source.getUint16(at('flags'), true) & recordFlags.ethernet) !== 0;
    const added = isEthernet ? 0 : ethernetBytes;
    const { seconds, nanoseconds } = wallTime(
      source.getUint32(at('timestamp'), true),
      source.getUint32(at('timestamp') + 4, true),
    );
    view.setUint32(end, seconds, true);
    view.setUint32(end + 4, nanoseconds, true);
    view.setUint32(end + 8, captured + added, true);
    view.setUint32(end + 12, source.getUint32(at('length'), true) + added, true);
    end += recordHeaderBytes;
    if (!isEthernet) {
      target.fill(0, end, end + 12);
      view.setUint16(end + 12, source.getUint16(at('protocol'), true));
      end += ethernetBytes;
    }
    const data = start + netcapRecordSize;
    target.set(bytes.subarray(data, data + captured), end);
    end += captured;
  }
  return target.subarray(0, end);
}

/** How much of some encoded records is whole if only their first `limit` bytes got through. */
export function wholeRecords(
  records: Uint8Array,
  limit: number,
): { readonly bytes: number; readonly count: number } {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  let bytes = 0;
  let count = 0;
  while (bytes + recordHeaderBytes <= limit) {
    const next = bytes + recordHeaderBytes + view.getUint32(bytes + 8, true);
    if (next > limit) break;
    bytes = next;
    count++;
  }
  return { bytes, count };
}
