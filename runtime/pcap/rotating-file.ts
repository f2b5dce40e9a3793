import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { filesFull } from '../sink.js';
import { type CaptureFile, openCaptureFile } from './capture-file.js';
import { type CaptureFormat, recordsUpTo } from './format.js';
import type { Rotation } from './rotation.js';

/** Several capture files in a row, each complete in itself. `now` is seconds since 1970. */
export async function openRotatingFile(
  rotation: Rotation,
  format: CaptureFormat,
  now: () => number,
): Promise<Outcome<CaptureFile>> {
  const { sizeBytes = Number.POSITIVE_INFINITY, files } = rotation.options;
  const opened = await openCaptureFile(rotation.first(), format);
  if (!opened.ok) return opened;
  let file = opened.value;
  let isOpen = true;
  let countBefore = 0;

  /** Close the file; begin the next if there is one. */
  const turn = async (path: string | undefined): Promise<Outcome<CaptureFile>> => {
    const closed = await closeFile();
    if (!closed.ok) return closed;
    if (path === undefined) return mistake(filesFull, `${files} files have been written`);
    const next = await openCaptureFile(path, format);
    if (!next.ok) return next;
    file = next.value;
    isOpen = true;
    return next;
  };
  const closeFile = async (): Promise<Outcome<void>> => {
    if (!isOpen) return success(undefined);
    isOpen = false;
    const closed = await file.close();
    countBefore += file.packetCount();
    return closed;
  };
  const append = async (packets: Uint8Array, count: number): Promise<Outcome<void>> => {
    const time = now();
    if (rotation.isTimeUp(time)) {
      const turned = await turn(rotation.afterTime(time));
      if (!turned.ok) return turned;
    }
    let rest = packets;
    let left = count;
    while (rest.length > 0) {
      if (file.sizeBytes() > sizeBytes) {
        const turned = await turn(rotation.afterSize());
        if (!turned.ok) return turned;
      }
      // At least one packet: what a file begins with may be too large already.
      const room = Math.max(0, sizeBytes - file.sizeBytes());
      const part =
        rest.length <= room ? { bytes: rest.length, count: left } : recordsUpTo(format, rest, room);
      const appended = await file.append(rest.subarray(0, part.bytes), part.count);
      if (!appended.ok) return appended;
      rest = rest.subarray(part.bytes);
      left -= part.count;
    }
    return success(undefined);
  };
  return success({
    append,
    appendStatistics: async () => (isOpen ? file.appendStatistics() : success(undefined)),
    hasReader: async () => !isOpen || file.hasReader(),
    close: closeFile,
    sizeBytes: () => file.sizeBytes(),
    packetCount: () => countBefore + (isOpen ? file.packetCount() : 0),
  });
}
