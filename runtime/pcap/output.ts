import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  open as openWithCallback,
  writeSync,
  write as writeWithCallback,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { readerGone } from '../sink.js';
import { hasReader } from './has-reader.js';

const open = promisify(openWithCallback);
const write = promisify(writeWithCallback);
const retryMilliseconds = 5;
const standardOutput = 1;

/** Where the bytes of a capture file go. */
export interface Output {
  /**
   * Write bytes behind those before. If only a part gets through, `whole` says how much of it may stay: the rest is
   * taken back where that is possible.
   */
  append(bytes: Uint8Array, whole: (limit: number) => number): Promise<Outcome<void>>;
  /** Bytes that are in the file. */
  sizeBytes(): number;
  /** False for a pipe whose other end is closed. */
  hasReader(): Promise<boolean>;
  close(): void;
}

/**
 * Open a file to write; `-` is standard output. A file of that name is replaced; a symbolic link is refused, because
 * netcap runs as root and the folder may belong to somebody else.
 */
export async function openOutput(path: string): Promise<Outcome<Output>> {
  if (path === '-') {
    if (!isatty(standardOutput)) return success(createOutput(standardOutput, path));
    return mistake('output-unwritable', 'a capture file is not for a terminal', {
      help: 'name a file, or pipe it to another program',
    });
  }
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  try {
    // Not openSync: opening a named pipe waits for its reader, and signals have to get in meanwhile.
    const fd = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
    return success(createOutput(fd, path));
  } catch (cause) {
    const code = codeOf(cause);
    const help = helps[code];
    return mistake('output-unwritable', `cannot write ${path}: ${reasonOf(code)}`, {
      ...(help === undefined ? {} : { help }),
    });
  }
}

function createOutput(fd: number, path: string): Output {
  // What else is in standard output's file is not ours to cut.
  const isFile = fstatSync(fd).isFile();
  const canTruncate = fd !== standardOutput && isFile;
  let size = 0;
  return {
    append: async (bytes, whole) => {
      const { written, code } = isFile ? writeAtOnce(fd, bytes) : await writeAll(fd, bytes);
      if (code === undefined) {
        size += written;
        return success(undefined);
      }
      size += whole(written);
      // A record that was cut by a full disk would make the whole file unreadable to some tools.
      if (canTruncate) ftruncateSync(fd, size);
      if (code === 'EPIPE') return mistake(readerGone, `the reader of ${path} has gone`);
      return mistake('output-failed', `cannot go on writing ${path}: ${reasonOf(code)}`);
    },
    sizeBytes: () => size,
    hasReader: async () => isFile || (await hasReader(fd)),
    close: () => {
      if (fd !== standardOutput) closeSync(fd);
    },
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a symbolic link',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file has reached the limit for its size',
  EIO: 'the device has failed',
};

const helps: Readonly<Record<string, string>> = {
  ENOENT: 'make the folder first',
  ELOOP: 'name the file that it leads to, or - for standard output',
  EACCES: 'with -Z, the user named there has to be allowed to write the folder',
};

function reasonOf(code: string): string {
  const reason = reasons[code];
  return reason === undefined ? code : `${reason} (${code})`;
}

/** A file takes what it is given: changing threads for it would cost as much as the write. */
function writeAtOnce(
  fd: number,
  bytes: Uint8Array,
): { readonly written: number; readonly code?: string } {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(fd, bytes, written);
    return { written };
  } catch (cause) {
    return { written, code: codeOf(cause) };
  }
}

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
