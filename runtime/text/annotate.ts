import type { NetcapRecord } from '../events/generated.js';
import type { Remark } from '../pcap/format.js';
import type { Symbolise } from './symbols.js';

/** What is said of a packet besides its headers. */
export interface Annotation {
  /** Before the line: the hook that saw it. */
  readonly prefix: string;
  /** After the line: why and where it was dropped, or nothing. */
  readonly suffix: string;
}

/** What remarks are made from. */
export interface RemarkSources {
  readonly symbolise: Symbolise;
  /** Names of the values of enum skb_drop_reason. */
  readonly reasonNames: ReadonlyMap<number, string>;
}

/** What annotations are made from. */
export interface AnnotationSources extends RemarkSources {
  /** Names of the hooks, in the order of the capture. */
  readonly hookNames: readonly string[];
}

/** A function that says why and where a packet was dropped, if the hook tells. */
export function createRemark(sources: RemarkSources): (reason: number, location: bigint) => Remark {
  return (reason, address) => {
    const location = address === 0n ? undefined : sources.symbolise(address);
    const parts: string[] = [];
    if (reason !== 0) parts.push(`reason ${reasonName(sources.reasonNames, reason)}`);
    if (location !== undefined) parts.push(`at ${location}`);
    return {
      ...(parts.length === 0 ? {} : { text: parts.join(' ') }),
      ...(location === undefined ? {} : { location }),
    };
  };
}

/** A function that says of a record what tcpdump cannot know. */
export function createAnnotate(sources: AnnotationSources): (record: NetcapRecord) => Annotation {
  const width = Math.max(...sources.hookNames.map((name) => name.length));
  const prefixes = sources.hookNames.map((name) => `${name.padEnd(width)}  `);
  const remark = createRemark(sources);
  return ({ hook, reason, location }) => {
    const { text } = remark(reason, location);
    return { prefix: prefixes[hook] ?? '', suffix: text === undefined ? '' : `  ${text}` };
  };
}

/** Subsystems have reasons of their own beyond the enum; those stay numbers. */
function reasonName(names: ReadonlyMap<number, string>, reason: number): string {
  return names.get(reason)?.replace(/^SKB_(DROP_REASON_)?/, '') ?? String(reason);
}
