import { copiedOf, leftOutOf, lostOf, sumMissed } from '../bpf/counts.js';
import type { AttachedHook } from '../bpf/hook-set.js';
import type { MissedRuns } from '../bpf/missed.js';
import type { CaptureSummary } from '../capture.js';
import type { NetcapCounters } from '../events/generated.js';

/** What counters said at one moment. */
export interface Reading extends CaptureSummary {
  /** Packets that had arrived in the file or on the screen. */
  readonly written: number;
}

/** `tp_btf:netif_receive_skb`: how the hook was attached, whatever the user wrote. */
export function hookName({ way }: Pick<AttachedHook, 'way'>): string {
  return `${way.kind}:${way.target}`;
}

/** So many hooks are all listed. */
const fewHooks = 16;

/**
 * The end of a capture, for people: matched = written + lost + left out; of a hook, copied + lost + left out, where copied
 * is what was handed to this process. `isVerbose`: all CPUs that packets passed, not only those that lost some.
 */
export function describeSummary(
  names: readonly string[],
  reading: Reading,
  isVerbose: boolean,
): readonly string[] {
  const { hooks, processors, total, missed, written } = reading;
  const lines = [
    `${total.seen} packets seen, ${total.matched} matched, ${written} written, ${total.truncated} truncated`,
    `${describeLost(total)}; ${describeMissed(missed)}`,
    ...describeLeftOut(total, written),
  ];
  const described = hooks.map((counters, index) => ({
    name: names[index] ?? '',
    counters,
    missed: missed.find(({ hook }) => hook === index),
    processors: describeProcessors(processors[index] ?? [], isVerbose),
  }));
  // Of the functions of a glob, those count that packets passed.
  const shown = described.filter(({ counters }) => counters.seen > 0n || hooks.length <= fewHooks);
  return [
    ...lines,
    ...shown.flatMap((each) =>
      hooks.length > 1 || each.processors.length > 0
        ? [describeHook(each.name, each.counters, each.missed), ...each.processors]
        : [],
    ),
  ];
}

function describeHook(
  name: string,
  counters: NetcapCounters,
  missed: MissedRuns | undefined,
): string {
  const { seen, matched } = counters;
  const leftOut = leftOutOf(counters);
  const parts = [
    `${seen} seen`,
    `${matched} matched`,
    `${copiedOf(counters)} copied`,
    `${lostOf(counters)} lost`,
    ...(leftOut === 0n ? [] : [`${leftOut} left out`]),
    ...(missed?.runs ? [`${missed.runs} missed${describeGroup(missed)}`] : []),
  ];
  return `  ${name}: ${parts.join(', ')}`;
}

function describeGroup({ hooks }: MissedRuns): string {
  return hooks === 1 ? '' : ` there and at ${hooks - 1} more functions`;
}

function describeProcessors(
  processors: readonly NetcapCounters[],
  isVerbose: boolean,
): readonly string[] {
  return processors.flatMap((counters, processor) => {
    const isShown = lostOf(counters) > 0n || (isVerbose && counters.seen > 0n);
    const { seen, matched } = counters;
    const passed = `${seen} seen, ${matched} matched, ${copiedOf(counters)} copied`;
    return isShown ? [`    CPU ${processor}: ${passed}, ${describeLost(counters)}`] : [];
  });
}

function describeLost(counters: NetcapCounters): string {
  const { ringFull, readFailed } = counters;
  return `${lostOf(counters)} lost: ${ringFull} by a full ring, ${readFailed} unreadable`;
}

/** How often a hook was reached while its program ran on that CPU: then it does not run again. */
function describeMissed(missed: readonly MissedRuns[]): string {
  const runs = sumMissed(missed.map((each) => each.runs));
  return runs === undefined ? 'this kernel does not count what it missed' : `${runs} missed`;
}

/** What matched and is neither written nor lost. */
function describeLeftOut(total: NetcapCounters, written: number): readonly string[] {
  const { sampledOut, limited, surplus } = total;
  const unwritten = copiedOf(total) - BigInt(written);
  const parts = [
    [sampledOut, 'by --sample'],
    [limited, 'by --max-rate'],
    [surplus, 'behind --count'],
    [unwritten, 'not written'],
  ] as const;
  const shown = parts.filter(([packets]) => packets > 0n);
  return shown.length === 0
    ? []
    : [
        `${leftOutOf(total) + unwritten} left out: ${shown.map((part) => part.join(' ')).join(', ')}`,
      ];
}
