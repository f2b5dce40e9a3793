import type { AttachedHook } from '../bpf/hook-set.js';
import type { CaptureSummary } from '../capture.js';
import type { NetcapCounters } from '../events/generated.js';

/** `tp_btf:netif_receive_skb`: how the hook was attached, whatever the user wrote. */
export function hookName({ way }: Pick<AttachedHook, 'way'>): string {
  return `${way.kind}:${way.target}`;
}

/** So many hooks are all listed. */
const fewHooks = 16;

/** The end of a capture, for people. `written` is what arrived in the file or on the screen. */
export function describeSummary(
  names: readonly string[],
  { hooks, total }: CaptureSummary,
  written: number,
): readonly string[] {
  const lost = total.ringFull + total.readFailed;
  const lines = [
    `${total.seen} packets seen, ${total.matched} matched, ${written} written, ${total.truncated} truncated`,
    `${lost} lost: ${total.ringFull} by a full ring, ${total.readFailed} unreadable`,
  ];
  if (names.length < 2) return lines;
  const described = hooks.map((counters, index) => ({ counters, name: names[index] ?? '' }));
  // Of the functions of a glob, those count that packets passed.
  const shown = described.filter(({ counters }) => counters.seen > 0n || hooks.length <= fewHooks);
  return [...lines, ...shown.map(({ counters, name }) => describeHook(name, counters))];
}

function describeHook(
  name: string,
  { seen, matched, ringFull, readFailed }: NetcapCounters,
): string {
  return `  ${name}: ${seen} seen, ${matched} matched, ${ringFull + readFailed} lost`;
}
