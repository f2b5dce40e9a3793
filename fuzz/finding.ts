import type { FuzzPacket } from './packets/make.js';

/** A disagreement with libpcap, or a failure of ours. */
export interface Finding {
  readonly kind: 'verdict' | 'acceptance' | 'broken' | 'hang';
  /** Which engine, or `text` where none was reached. */
  readonly engine: 'ir' | 'ir, unoptimised' | 'c' | 'text';
  /** Both sides, for a person. */
  readonly detail: string;
  /** The packet, of a verdict. */
  readonly packet?: FuzzPacket | undefined;
}

/** What judging cases comes to. */
export interface Tally {
  filters: number;
  pairs: number;
  /** Texts that libpcap refuses. */
  rejected: number;
  /** Filters that we cannot compile yet. */
  unsupported: number;
  /** Filters of which libpcap gave no verdict. */
  silent: number;
  /** Deliberate differences that were met, by name. */
  leftOut: Record<string, number>;
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { filters: 0, pairs: 0, rejected: 0, unsupported: 0, silent: 0, leftOut: {} };
}

/** Add `more` to `total`. */
export function addTally(total: Tally, more: Tally): void {
  for (const key of ['filters', 'pairs', 'rejected', 'unsupported', 'silent'] as const)
    total[key] += more[key];
  for (const [name, count] of Object.entries(more.leftOut)) leaveOut(total, name, count);
}

/** Count differences that are meant. */
export function leaveOut(tally: Tally, name: string, count = 1): void {
  tally.leftOut[name] = (tally.leftOut[name] ?? 0) + count;
}
