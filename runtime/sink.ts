import type { Outcome } from '../compiler/index.js';
import type { RingBatch } from './bpf/ring.js';

/** Where captured packets go. */
export interface PacketSink {
  /** Take the packets of a batch. Says what went wrong, after which it takes no more. */
  append(batch: RingBatch): Promise<Outcome<void>>;
  /** Finish what was taken. */
  close(): Promise<Outcome<void>>;
  /** Packets that got through as a whole. */
  packetCount(): number;
}

/** The mistake's code for a pipe that nobody reads any more: a capture ends there, and that is no failure. */
export const readerGone = 'reader-gone';
