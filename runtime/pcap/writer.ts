import { type Outcome, success } from '../../compiler/for-runtime.js';
import type { PacketSink } from '../sink.js';
import { type CaptureFile, openCaptureFile } from './capture-file.js';
import type { CaptureFormat } from './format.js';
import { localTime } from './local-time.js';
import { openRotatingFile } from './rotating-file.js';
import { createRotation, type RotationOptions } from './rotation.js';

/**
 * Begin to write packets to a file, or with `rotation` to one after the other; `-` is standard output. Files are valid
 * after every batch, also after one that failed.
 */
export async function openWriter(
  path: string,
  format: CaptureFormat,
  rotation: RotationOptions = {},
): Promise<Outcome<PacketSink>> {
  const isRotating = rotation.sizeBytes !== undefined || rotation.seconds !== undefined;
  const opened = isRotating
    ? await openRotatingFile(
        createRotation(path, rotation, secondsNow(), localTime),
        format,
        secondsNow,
      )
    : await openCaptureFile(path, format);
  return opened.ok ? success(createWriter(opened.value, format)) : opened;
}

function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}

function createWriter(file: CaptureFile, format: CaptureFormat): PacketSink {
  // Statistics come by a clock of their own, and must not get between two pieces of a batch.
  let last: Promise<unknown> = Promise.resolve();
  let failure: Outcome<void> | undefined;
  const afterLast = (job: () => Promise<Outcome<void>>): Promise<Outcome<void>> => {
    const next = last.then(async () => {
      const outcome = failure ?? (await job());
      if (!outcome.ok) failure = outcome;
      return outcome;
    });
    last = next.catch(() => undefined);
    return next;
  };
  return {
    append: (batch) =>
      afterLast(async () => {
        const outcome = await file.append(format.packets(batch), batch.offsets.length);
        batch.recycle?.();
        return outcome;
      }),
    appendStatistics: () => afterLast(file.appendStatistics),
    hasReader: file.hasReader,
    close: async () => {
      await last;
      const closed = await file.close();
      return failure ?? closed;
    },
    packetCount: file.packetCount,
  };
}
