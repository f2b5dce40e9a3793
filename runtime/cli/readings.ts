import type { CaptureSummary } from '../capture.js';
import type { Reading } from './summary.js';

/** Reads all counters at once, so that everything that tells of a moment tells the same. */
export interface Readings {
  take(): Reading;
  /** What is read while a job is done; if nothing is, what is read behind it. */
  during(job: () => Promise<void>): Promise<Reading>;
}

/** `written`: packets that have arrived in the file or on the screen. */
export function createReadings(summary: () => CaptureSummary, written: () => number): Readings {
  let last: Reading | undefined;
  const take = (): Reading => {
    last = { ...summary(), written: written() };
    return last;
  };
  return {
    take,
    during: async (job) => {
      last = undefined;
      await job();
      return last ?? take();
    },
  };
}
