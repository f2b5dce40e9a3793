import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  write as writeWithCallback,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { mistake, type Outcome, success } from '../../compiler/index.js';
import type { RingBatch } from '../bpf/ring.js';
import { type PacketSink, readerGone } from '../sink.js';
import { wallClock } from './clock.js';
import { encodePcapHeader, encodePcapRecords, wholeRecords } from './pcap.js';

const write = promisify(writeWithCallback);
const retryMilliseconds = 5;

/** What a capture file needs to know. */
export interface PcapWriterOptions {
  readonly snaplenBytes: number;
  /** From `measureWallClockOffset`. */
  readonly wallClockOffset: bigint;
}

/**
 * Begin a capture file, which is valid after every batch, also after one that failed; `-` is standard output. A file of that name is replaced; a symbolic link is refused, because
 * netcap runs as root and the folder may belong to somebody else.
 */
export async function openPcapWriter(
  path: string,
  options: PcapWriterOptions,
): Promise<Outcome<PacketSink>> {
  const opened = openOutput(path);
  if (!opened.ok) return opened;
  const writer = createWriter(opened.value, path, options);
  const begun = await writer.begin();
  if (begun.ok) return success(writer);
  await writer.close();
  return begun;
}

function openOutput(path: string): Outcome<number> {
  if (path === '-') return success(1);
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  try {
    return success(openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644));
  } catch (cause) {
    const code = codeOf(cause);
    return mistake('output-unwritable', `cannot write ${path}: ${reasons[code] ?? code}`, {
      ...(code === 'ELOOP'
        ? { help: 'name the file that it leads to, or - for standard output' }
        : {}),
    });
  }
}

function createWriter(fd: number, path: string, options: PcapWriterOptions) {
  const wallTime = wallClock(options.wallClockOffset);
  // What else is in standard output's file is not ours to cut.
  const canTruncate = fd !== 1 && fstatSync(fd).isFile();
  let fileBytes = 0;
  let packets = 0;

  /** Nothing is buffered: a batch is one write, so the file is complete up to the last batch at any time. */
  const append = async (bytes: Uint8Array, areRecords: boolean): Promise<Outcome<void>> => {
    const { written, code } = await writeAll(fd, bytes);
    const whole = areRecords ? wholeRecords(bytes, written) : { bytes: written, count: 0 };
    fileBytes += whole.bytes;
    packets += whole.count;
    if (code === undefined) return success(undefined);
    // A record that was cut by a full disk would make the whole file unreadable to some tools.
    if (canTruncate) ftruncateSync(fd, fileBytes);
    if (code === 'EPIPE') return mistake(readerGone, `the reader of ${path} has gone`);
    return mistake('output-failed', `cannot go on writing ${path}: ${reasons[code] ?? code}`);
  };
  return {
    begin: () => append(encodePcapHeader(options.snaplenBytes), false),
    append: (batch: RingBatch) => append(encodePcapRecords(batch, wallTime), true),
    packetCount: () => packets,
    close: async () => {
      if (fd !== 1) closeSync(fd);
      return success(undefined);
    },
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a symbolic link',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file has reached the limit for its size',
};

async function writeAll(
  fd: number,
  bytes: Uint8Array,
): Promise<{ readonly written: number; readonly code?: string }> {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += (await write(fd, bytes, written, bytes.length - written, null)).bytesWritten;
    } catch (cause) {
      const code = codeOf(cause);
      // Standard output may be a pipe that somebody else made non-blocking.
      if (code !== 'EAGAIN') return { written, code };
      await sleep(retryMilliseconds);
    }
  }
  return { written };
}

function codeOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  throw cause;
}
