import type { NetcapRecord } from '../events/generated.js';
import type { Symbolise } from './symbols.js';

/** What is said of a packet besides its headers. */
export interface Annotation {
  /** Before the line: the hook that saw it. */
  readonly prefix: string;
  /** After the line: why and where it was dropped, or nothing. */
  readonly suffix: string;
}

/** What annotations are made from. */
export interface AnnotationSources {
  /** Names of the hooks, in the order of the capture. */
  readonly hookNames: readonly string[];
  readonly symbolise: Symbolise;
  /** Names of the values of enum skb_drop_reason. */
  readonly reasonNames: ReadonlyMap<number, string>;
}

/** A function that says of a record what tcpdump cannot know. */
export function createAnnotate(sources: AnnotationSources): (record: NetcapRecord) => Annotation {
  const width = Math.max(...sources.hookNames.map((name) => name.length));
  const prefixes = sources.hookNames.map((name) => `${name.padEnd(width)}  `);
  return ({ hook, reason, location }) => {
    const parts: string[] = [];
    if (reason !== 0) parts.push(`reason ${reasonName(sources.reasonNames, reason)}`);
    if (location !== 0n) parts.push(`at ${sources.symbolise(location)}`);
    return {
      prefix: prefixes[hook] ?? '',
      suffix: parts.length === 0 ? '' : `  ${parts.join(' ')}`,
    };
  };
}

/** Subsystems have reasons of their own beyond the enum; those stay numbers. */
function reasonName(names: ReadonlyMap<number, string>, reason: number): string {
  return names.get(reason)?.replace(/^SKB_(DROP_REASON_)?/, '') ?? String(reason);
}
