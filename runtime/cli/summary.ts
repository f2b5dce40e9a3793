import type { AttachedHook } from '../bpf/hook-set.js';
import type { CaptureSummary } from '../capture.js';
import { noArgument } from '../events/flags.js';
import type { NetcapCounters } from '../events/generated.js';

/** `attached tp_btf:netif_receive_skb (skb is argument 1)`. */
export function describeAttached({ way }: AttachedHook, target: string): string {
  const { packet, payload } = way.arguments;
  const where =
    packet === noArgument
      ? `${target} is at offset ${way.fields.packet} of the event`
      : `${target} is argument ${packet + 1}`;
  const more = payload === noArgument ? '' : `, payload is argument ${payload + 1}`;
  return `attached ${hookName({ way })} (${where}${more})`;
}

/** `tp_btf:netif_receive_skb`: how the hook was attached, whatever the user wrote. */
export function hookName({ way }: Pick<AttachedHook, 'way'>): string {
  return `${way.kind}:${way.target}`;
}

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
  return [...lines, ...hooks.map((counters, index) => describeHook(names[index] ?? '', counters))];
}

function describeHook(
  name: string,
  { seen, matched, ringFull, readFailed }: NetcapCounters,
): string {
  return `  ${name}: ${seen} seen, ${matched} matched, ${ringFull + readFailed} lost`;
}
