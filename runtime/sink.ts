import type { Outcome } from '../compiler/for-runtime.js';
import type { RingBatch } from './bpf/ring-batch.js';

/** Where captured packets go. */
export interface PacketSink {
  /** Take the packets of a batch, and its memory. Says what went wrong, after which it takes no more. */
  append(batch: RingBatch): Promise<Outcome<void>>;
  /** Note what is known of the hooks by now, where the format has a place for it. */
  appendStatistics?(): Promise<Outcome<void>>;
  /** Whether somebody may still read what is written; false for a pipe whose other end is closed. */
  hasReader?(): Promise<boolean>;
  /** Finish what was taken. Says what went wrong if nothing else did. */
  close(): Promise<Outcome<void>>;
  /** Packets that got through as a whole. */
  packetCount(): number;
}

/** The mistake's code for a pipe that nobody reads any more: a capture ends there, and that is no failure. */
export const readerGone = 'reader-gone';

/** The mistake's code for the last of as many files as were asked for: a capture ends there, too. */
export const filesFull = 'files-full';
