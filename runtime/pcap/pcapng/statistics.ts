import { lostOf } from '../../bpf/counts.js';
import type { MissedRuns } from '../../bpf/missed.js';
import type { NetcapCounters } from '../../events/generated.js';
import { blockType, encodeBlock, encodeComment, encodeCount, encodeTime } from './blocks.js';

/** What is known of a hook, since the capture began. */
export interface HookStatistics {
  readonly total: NetcapCounters;
  /** The same, apart for each CPU. */
  readonly processors: readonly NetcapCounters[];
  /** What the kernel left out; for hooks that share a program with the first of them, at that one. */
  readonly missed: MissedRuns | undefined;
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
  droppedByInterface: 5,
  accepted: 6,
  droppedBySystem: 7,
  delivered: 8,
} as const;

/** An interface statistics block. docs/pcapng.md says what is what. */
export function encodeStatistics(statistics: InterfaceStatistics): Uint8Array {
  const { total, missed, time } = statistics;
  const fixed = new Uint8Array(12);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, statistics.hook, true);
  view.setUint32(4, Number(time >> 32n), true);
  view.setUint32(8, Number(time & 0xffff_ffffn), true);
  return encodeBlock(blockType.statistics, fixed, [
    encodeTime(code.beginTime, statistics.beginTime),
    encodeTime(code.endTime, time),
    encodeCount(code.received, total.seen),
    ...(missed?.hooks === 1 && missed.runs !== undefined
      ? [encodeCount(code.droppedByInterface, missed.runs)]
      : []),
    encodeCount(code.accepted, total.matched),
    encodeCount(code.droppedBySystem, lostOf(total)),
    encodeCount(code.delivered, BigInt(statistics.delivered)),
    ...describeMore(statistics).map(encodeComment),
  ]);
}

/** What no option of the draft holds. */
function describeMore({ total, processors, missed }: HookStatistics): readonly string[] {
  const busy = processors.flatMap((counters, processor) =>
    counters.seen === 0n ? [] : [`CPU ${processor}: ${describeCounters(counters)}`],
  );
  const isShared = missed !== undefined && missed.hooks > 1 && missed.runs !== undefined;
  return [
    `all CPUs: ${describeCounters(total)}`,
    ...busy,
    ...(isShared ? [`missed ${missed.runs} at ${missed.hooks} hooks from this one on`] : []),
  ];
}

function describeCounters(counters: NetcapCounters): string {
  return [
    ['seen', counters.seen],
    ['matched', counters.matched],
    ['ring full', counters.ringFull],
    ['unreadable', counters.readFailed],
    ['truncated', counters.truncated],
    ['sampled out', counters.sampledOut],
    ['limited', counters.limited],
    ['surplus', counters.surplus],
  ]
    .map((pair) => pair.join(' '))
    .join(', ');
}
