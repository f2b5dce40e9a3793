import type { RingBatch } from '../../bpf/ring-batch.js';
import { recordFlags } from '../../events/flags.js';
import { netcapRecordOffset as member, netcapRecordSize } from '../../events/generated.js';
import { ethernetBytes, mostPacketBytes } from '../pcap.js';
import { blockType, endOfOptionsBytes } from './blocks.js';
import { customOffset, customOption } from './custom-option.js';
import { createLossCount } from './loss-count.js';
import { type PacketFlagsOptions, packetFlagsMask, packetFlagsTable } from './packet-flags.js';
import type { PacketId } from './packet-ids.js';
import type { EncodeRemark } from './remark.js';
import { copyBytes, createSource, createTarget, reserve, type Source } from './target.js';

/** What packets are encoded with. */
export interface PacketEncoderOptions {
  /** Of each hook. */
  readonly hooks: readonly PacketFlagsOptions[];
  /** Nanoseconds to add to a record's timestamp. */
  readonly wallClockOffset: bigint;
  readonly encodeRemark: EncodeRemark;
  /** Undefined if the record's packet is no packet but a socket. */
  readonly packetId: PacketId | undefined;
}

/** Encodes batches as enhanced packet blocks. */
export interface PacketEncoder {
  /** Valid until the next call. */
  encode(batch: RingBatch): Uint8Array;
  /** Packets encoded so far, of each hook. */
  readonly delivered: Float64Array;
}

const packetHeaderBytes = 28;

/** The first word of an option: code, and length of the value. */
const option = (code: number, bytes: number) => code | (bytes << 16);
const flagsOption = option(2, 4);
const dropCountOption = option(4, 8);
const packetIdOption = option(5, 8);
const processOption = option(8, 8);

/** All of a block but packet and remark. */
const mostFixedBytes = 160;

/**
 * Writes the blocks of a batch one behind the other, each byte once. The buffer is kept from batch to batch: new
 * memory for each would cost the kernel more than the packets do.
 */
export function createPacketEncoder(options: PacketEncoderOptions): PacketEncoder {
  const { encodeRemark, packetId } = options;
  const flagsTables = options.hooks.map(packetFlagsTable);
  const delivered = new Float64Array(options.hooks.length);
  const lossBefore = createLossCount(options.hooks.length);
  const offsetLow = Number(options.wallClockOffset & 0xffff_ffffn);
  const offsetHigh = Number(options.wallClockOffset >> 32n);
  const target = createTarget();

  return { encode, delivered };

  function encode({ bytes, offsets }: RingBatch): Uint8Array {
    const source = createSource(bytes);
    let end = 0;
    for (const start of offsets) end = encodePacket(source, start, end);
    return target.bytes.subarray(0, end);
  }

  /** The block of the record at `start`, written at `block`; where it ends. */
  function encodePacket(source: Source, start: number, block: number): number {
    const record = source.view;
    const flags = record.getUint16(start + member.flags, true);
    const isEthernet = (flags & recordFlags.ethernet) !== 0;
    const added = isEthernet ? 0 : ethernetBytes;
    const all = record.getUint32(start + member.captured, true);
    const captured = Math.min(all, mostPacketBytes - added);
    const remark = encodeRemark(
      record.getUint32(start + member.reason, true),
      record.getUint32(start + member.location, true),
      record.getUint32(start + member.location + 4, true),
      isEthernet,
    );
    reserve(target, block + added + captured + remark.bytes.length + mostFixedBytes, block);
    const { view } = target;
    const low = record.getUint32(start + member.timestamp, true) + offsetLow;
    const high = record.getUint32(start + member.timestamp + 4, true) + offsetHigh;
    const length = Math.max(record.getUint32(start + member.length, true), captured) + added;
    view.setUint32(block, blockType.packet, true);
    view.setUint32(block + 8, record.getUint32(start + member.hook, true), true);
    view.setUint32(block + 12, high + (low > 0xffff_ffff ? 1 : 0), true);
    view.setUint32(block + 16, low, true);
    view.setUint32(block + 20, captured + added, true);
    view.setUint32(block + 24, length, true);
    let end = block + packetHeaderBytes;
    if (!isEthernet) {
      target.bytes.fill(0, end, end + 12);
      view.setUint16(end + 12, record.getUint16(start + member.protocol, true));
    }
    copyBytes(source, start + netcapRecordSize, target, end + added, captured);
    end += captured + added;
    for (; (end & 3) !== 0; end++) view.setUint8(end, 0);
    end = putStandardOptions(record, start, flags, end);
    end = putCustomOption(record, start, remark.customBytes, end);
    if (remark.bytes.length === endOfOptionsBytes) view.setUint32(end, 0, true);
    else target.bytes.set(remark.bytes, end);
    end += remark.bytes.length + 4;
    view.setUint32(block + 4, end - block, true);
    view.setUint32(end - 4, end - block, true);
    return end;
  }

  /** Options that the draft knows. */
  function putStandardOptions(record: DataView, start: number, flags: number, end: number): number {
    const { view } = target;
    const hook = record.getUint32(start + member.hook, true);
    delivered[hook] = (delivered[hook] ?? 0) + 1;
    view.setUint32(end, flagsOption, true);
    view.setUint32(end + 4, flagsTables[hook]?.[flags & packetFlagsMask] ?? 0, true);
    let next = end + 8;
    const processor = record.getUint32(start + member.processor, true);
    const lost = lossBefore(hook, processor, record.getUint32(start + member.lost, true));
    if (lost > 0) next = putPair(next, dropCountOption, lost, 0);
    if (packetId !== undefined) {
      const id = packetId(
        record.getUint32(start + member.packet, true),
        record.getUint32(start + member.packet + 4, true),
        hook,
        record.getUint32(start + member.timestamp + 4, true),
      );
      next = putPair(next, packetIdOption, id, id / 0x1_0000_0000);
    }
    const process = record.getUint32(start + member.process, true);
    if (process === 0) return next;
    return putPair(next, processOption, process, record.getUint32(start + member.thread, true));
  }

  /** The fixed part of netcap's option. */
  function putCustomOption(record: DataView, start: number, bytes: number, end: number): number {
    const { view } = target;
    const custom = end + 8;
    const reason = record.getUint32(start + member.reason, true);
    const device = record.getUint32(start + member.interface, true);
    const processor = record.getUint32(start + member.processor, true);
    view.setUint32(end, option(customOption.code, bytes), true);
    view.setUint32(end + 4, customOption.enterprise, true);
    view.setUint32(custom + customOffset.mark, customOption.mark, true);
    view.setUint8(custom + customOffset.version, customOption.version);
    view.setUint8(custom + customOffset.fixedBytes, customOption.fixedBytes);
    view.setUint16(custom + customOffset.flags, record.getUint16(start + member.flags, true), true);
    view.setUint32(custom + customOffset.reason, reason, true);
    view.setUint32(custom + customOffset.interface, device, true);
    view.setUint32(custom + customOffset.processor, processor, true);
    const protocol = record.getUint16(start + member.protocol, true);
    view.setUint32(custom + customOffset.protocol, protocol, true);
    return custom + customOption.fixedBytes;
  }

  /** An option of two words. */
  function putPair(end: number, head: number, first: number, second: number): number {
    const { view } = target;
    view.setUint32(end, head, true);
    view.setUint32(end + 4, first, true);
    view.setUint32(end + 8, second, true);
    return end + 12;
  }
}
