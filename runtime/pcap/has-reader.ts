import { fstatSync } from 'node:fs';
import { libc } from '../ffi/libbpf.js';

/** poll.h; both are reported without having been asked for. */
const pollError = 8;
const pollHangUp = 16;

/** Whether a write to the descriptor may still reach somebody; false for a pipe or socket whose other end is closed. */
export async function hasReader(fd: number): Promise<boolean> {
  const kind = fstatSync(fd);
  if (!kind.isFIFO() && !kind.isSocket()) return true;
  // `struct pollfd`: the descriptor, then 16 bits each of events asked for and found.
  const descriptor = Int32Array.of(fd, 0);
  await new Promise((resolve) => libc().poll.async(descriptor, 1, 0, resolve));
  return (((descriptor[1] ?? 0) >> 16) & (pollError | pollHangUp)) === 0;
}
