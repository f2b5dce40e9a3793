import type { CaptureFormat, Remark } from '../format.js';
import { fileSnaplen } from '../pcap.js';
import { createPacketIds } from './packet-ids.js';
import { createPacketEncoder } from './packets.js';
import { createEncodeRemark } from './remark.js';
import { encodeInterface, encodeSectionHeader, type HookInterface } from './section.js';
import { encodeStatistics, type HookStatistics } from './statistics.js';

/** What a pcapng file tells besides its packets. */
export interface PcapngOptions {
  readonly hooks: readonly HookInterface[];
  /** The filter that chose the packets; empty is none. */
  readonly filter: string;
  /** What records are about: `skb`, `sock` or `mbuf`. */
  readonly target: string;
  readonly snaplenBytes: number;
  /** From `measureWallClockOffset`. */
  readonly wallClockOffset: bigint;
  /** What a reason and a place are called. */
  readonly remark: (reason: number, location: bigint) => Remark;
  /** Of each hook, at the moment. */
  readonly statistics: () => readonly HookStatistics[];
  /** Nanoseconds since 1970. */
  readonly now: () => bigint;
}

/** A glob can be thousands of hooks and a filter tens of kilobytes: then the first interface alone has it. */
const mostFilterCharacters = 1 << 20;

/** Length of a packet block without packet and options. */
const leastBlockBytes = 32;

/** Files of one section in pcapng (draft-ietf-opsawg-pcapng), one interface for each hook. */
export function createPcapngFormat(options: PcapngOptions): CaptureFormat {
  const { hooks, target } = options;
  const isSkb = target === 'skb';
  const beginTime = options.now();
  const encoder = createPacketEncoder({
    hooks: hooks.map(({ direction }) => ({ direction, isSkb })),
    wallClockOffset: options.wallClockOffset,
    encodeRemark: createEncodeRemark(options.remark),
    packetId:
      target === 'sock'
        ? undefined
        : createPacketIds({ hooks: hooks.length, frees: (hook) => hooks[hook]?.frees ?? false }),
  });
  const isRepeated = options.filter.length * hooks.length <= mostFilterCharacters;
  const header = Buffer.concat([
    encodeSectionHeader(),
    ...hooks.map((hook, index) =>
      encodeInterface(
        hook,
        isRepeated || index === 0 ? options.filter : '',
        fileSnaplen(options.snaplenBytes),
      ),
    ),
  ]);
  return {
    header: () => header,
    packets: encoder.encode,
    recordEnd: (records, offset) => offset + records.getUint32(offset + 4, true),
    leastRecordBytes: leastBlockBytes,
    statistics: () => {
      const time = options.now();
      const blocks = options.statistics().map((statistics, hook) => {
        const delivered = encoder.delivered[hook] ?? 0;
        return encodeStatistics({ ...statistics, hook, beginTime, time, delivered });
      });
      return Buffer.concat(blocks);
    },
  };
}
