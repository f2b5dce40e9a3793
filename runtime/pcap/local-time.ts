import { libc } from '../ffi/libbpf.js';

/** More than `struct tm` has on any machine. */
const timeBytes = 128;
/** PATH_MAX: no name of a file is longer. */
const mostBytes = 4096;

/**
 * strftime(3) of a time in this machine's time zone, in seconds since 1970: libc's own, because what tcpdump's users
 * write is what libc understands. Throws if the result is longer than a path can be.
 */
export function localTime(format: string, seconds: number): string {
  const time = new Uint8Array(timeBytes);
  const text = new Uint8Array(mostBytes);
  libc().localtime_r(new BigInt64Array([BigInt(seconds)]), time);
  const length = libc().strftime(text, mostBytes, format, time);
  if (length === 0) throw new RangeError(`the name that ${format} makes is too long`);
  return Buffer.from(text.subarray(0, length)).toString();
}
