import { type Outcome, success } from '../../compiler/for-runtime.js';
import { type CaptureFormat, wholeRecords } from './format.js';
import { openOutput } from './output.js';

/** A capture file that is being written, or several in a row. */
export interface CaptureFile {
  /** Write so many encoded packets. After a failure it takes no more. */
  append(packets: Uint8Array, count: number): Promise<Outcome<void>>;
  /** Write what is known of the hooks by now. */
  appendStatistics(): Promise<Outcome<void>>;
  /** False for a pipe whose other end is closed. */
  hasReader(): Promise<boolean>;
  /** Write what belongs to the end of a file, unless writing has failed, and close it. */
  close(): Promise<Outcome<void>>;
  /** Bytes that are in the file. */
  sizeBytes(): number;
  /** Packets that got through as a whole. */
  packetCount(): number;
}

/**
 * Begin a capture file. It is valid after every call, also after one that failed: nothing is buffered, and what does
 * not fit as a whole is cut off.
 */
export async function openCaptureFile(
  path: string,
  format: CaptureFormat,
): Promise<Outcome<CaptureFile>> {
  const opened = await openOutput(path);
  if (!opened.ok) return opened;
  const output = opened.value;
  const begun = await output.append(format.header(), () => 0);
  if (!begun.ok) {
    output.close();
    return begun;
  }
  let written = 0;
  let hasFailed = false;
  const append = async (records: Uint8Array, count: number) => {
    let through = count;
    const outcome = await output.append(records, (limit) => {
      const whole = wholeRecords(format, records, limit);
      through = whole.count;
      return whole.bytes;
    });
    hasFailed ||= !outcome.ok;
    return { outcome, through };
  };
  const appendStatistics = async () => (await append(format.statistics(), 0)).outcome;
  return success({
    append: async (packets, count) => {
      const { outcome, through } = await append(packets, count);
      written += through;
      return outcome;
    },
    appendStatistics,
    close: async () => {
      const ended = hasFailed ? success(undefined) : await appendStatistics();
      output.close();
      return ended;
    },
    hasReader: output.hasReader,
    sizeBytes: output.sizeBytes,
    packetCount: () => written,
  });
}
