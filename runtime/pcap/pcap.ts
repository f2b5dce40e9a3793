/**
 * The classic capture file: magic for nanoseconds, little-endian, one link type, Ethernet. Pure.
 *
 * Not every hook sees a MAC header. A packet that starts at its network header gets an Ethernet header of zero
 * addresses and its EtherType, because a file has one link type for all.
 */

import { mostSnaplenBytes } from '../bpf/limits.js';
import type { RingBatch } from '../bpf/ring-batch.js';
import { recordFlags } from '../events/flags.js';
import { netcapRecordOffset, netcapRecordSize } from '../events/generated.js';
import { type WallTime, wallClock } from './clock.js';
import type { CaptureFormat } from './format.js';

const magicNanoseconds = 0xa1b23c4d;
const linkEthernet = 1;
const recordHeaderBytes = 16;

/** Size of the MAC header that packets without get. */
export const ethernetBytes = 14;

/** A packet that is larger makes the whole file unreadable: libpcap's limit, and Wireshark's. */
export const mostPacketBytes = mostSnaplenBytes;

/** The snaplen that a file states: there is room for the header that some packets get. */
export function fileSnaplen(snaplenBytes: number): number {
  return Math.min(snaplenBytes + ethernetBytes, mostPacketBytes);
}

/** Size of the header of a capture file. */
export const pcapHeaderBytes = 24;

/** The header of a capture file. */
export function encodePcapHeader(snaplenBytes: number): Uint8Array {
  const header = new Uint8Array(pcapHeaderBytes);
  const view = new DataView(header.buffer);
  view.setUint32(0, magicNanoseconds, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, fileSnaplen(snaplenBytes), true);
  view.setUint32(20, linkEthernet, true);
  return header;
}

/** Named once: looking a name up for every packet would cost more than all the rest. */
const {
  timestamp: timestampAt,
  captured: capturedAt,
  length: lengthAt,
  protocol: protocolAt,
  flags: flagsAt,
} = netcapRecordOffset;

/**
 * The records of a batch, one after the other. They are written over the batch, which is used up: both headers that
 * are written together are smaller than the one of the ring's record, and moving bytes inside of a buffer takes a
 * fifth of the time of copying them to another.
 */
export function encodePcapRecords(
  batch: RingBatch,
  wallTime: (low: number, high: number) => WallTime,
): Uint8Array {
  const { bytes, offsets } = batch;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = 0;
  for (const start of offsets) {
    const protocol = view.getUint16(start + protocolAt, true);
    const isEthernet = (view.getUint16(start + flagsAt, true) & recordFlags.ethernet) !== 0;
    const added = isEthernet ? 0 : ethernetBytes;
    const captured = Math.min(view.getUint32(start + capturedAt, true), mostPacketBytes - added);
    const length = view.getUint32(start + lengthAt, true);
    const { seconds, nanoseconds } = wallTime(
      view.getUint32(start + timestampAt, true),
      view.getUint32(start + timestampAt + 4, true),
    );
    view.setUint32(end, seconds, true);
    view.setUint32(end + 4, nanoseconds, true);
    view.setUint32(end + 8, captured + added, true);
    view.setUint32(end + 12, length + added, true);
    end += recordHeaderBytes;
    if (!isEthernet) {
      bytes.fill(0, end, end + 12);
      view.setUint16(end + 12, protocol);
      end += ethernetBytes;
    }
    const data = start + netcapRecordSize;
    bytes.copyWithin(end, data, data + captured);
    end += captured;
  }
  return bytes.subarray(0, end);
}

/** What a capture file needs to know. */
export interface PcapOptions {
  readonly snaplenBytes: number;
  /** From `measureWallClockOffset`. */
  readonly wallClockOffset: bigint;
}

/** Classic capture files. They have no place for statistics. */
export function createPcapFormat({ snaplenBytes, wallClockOffset }: PcapOptions): CaptureFormat {
  const wallTime = wallClock(wallClockOffset);
  return {
    header: () => encodePcapHeader(snaplenBytes),
    packets: (batch) => encodePcapRecords(batch, wallTime),
    recordEnd: (records, offset) =>
      offset + recordHeaderBytes + records.getUint32(offset + 8, true),
    leastRecordBytes: recordHeaderBytes,
    statistics: () => new Uint8Array(),
  };
}
