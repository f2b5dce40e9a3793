import { blockType, encodeBlock, encodeCount, encodeTime } from './blocks.js';

/** What is known of a hook. Numbers of packets since the capture began. */
export interface HookStatistics {
  /** Came by the hook. */
  readonly received: bigint;
  /** Matched. */
  readonly accepted: bigint;
  /** Matched, but did not get through to this process. */
  readonly lost: bigint;
}

/** What a statistics block says. Times in nanoseconds since 1970. */
export interface InterfaceStatistics extends HookStatistics {
  readonly hook: number;
  readonly beginTime: bigint;
  readonly time: bigint;
  /** Written to files. */
  readonly delivered: number;
}

const code = {
  beginTime: 2,
  endTime: 3,
  received: 4,
  accepted: 6,
  droppedBySystem: 7,
  delivered: 8,
} as const;

/**
 * An interface statistics block. The option `isb_ifdrop` is left out: what a hook did not see at all, nothing counts.
 */
export function encodeStatistics(statistics: InterfaceStatistics): Uint8Array {
  const fixed = new Uint8Array(12);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, statistics.hook, true);
  view.setUint32(4, Number(statistics.time >> 32n), true);
  view.setUint32(8, Number(statistics.time & 0xffff_ffffn), true);
  return encodeBlock(blockType.statistics, fixed, [
    encodeTime(code.beginTime, statistics.beginTime),
    encodeTime(code.endTime, statistics.time),
    encodeCount(code.received, statistics.received),
    encodeCount(code.accepted, statistics.accepted),
    encodeCount(code.droppedBySystem, statistics.lost),
    encodeCount(code.delivered, BigInt(statistics.delivered)),
  ]);
}
