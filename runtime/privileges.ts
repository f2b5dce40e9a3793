import { mistake, type Outcome, success } from '../compiler/for-runtime.js';
import { createBpfError } from './bpf/error.js';
import { findUser, lastErrno, libc } from './ffi/libbpf.js';

/** linux/prctl.h: keep what is permitted when the user changes. */
const keepCapabilities = 8;
/** linux/capability.h: version 3, whose sets are two words each; its number of CAP_BPF, in the second word. */
const capabilityVersion = 0x20080522;
const capabilityBpf = 39 - 32;

/**
 * Become another user, for good, with the groups of that user. Of root's capabilities the calling thread keeps
 * CAP_BPF: kernels before 5.19 let nobody else read counters where unprivileged BPF is off. Files are written with the
 * user's rights alone. A user that does not exist is a mistake; what the system refuses is thrown as BpfError.
 */
export function relinquishPrivileges(name: string): Outcome<void> {
  const user = findUser(name);
  if (user === undefined) return mistake('unknown-user', `there is no user ${name}`);
  const operation = `become user ${name}`;
  if (libc().prctl(keepCapabilities, 1) < 0 || libc().initgroups(name, user.gid) < 0) {
    throw createBpfError({ operation, errno: lastErrno(), help });
  }
  try {
    // All threads of the process change: glibc sees to it.
    process.setgid?.(user.gid);
    process.setuid?.(user.uid);
  } catch (cause) {
    throw createBpfError({ operation, reason: reasonOf(cause), help });
  }
  if (user.uid !== 0) keepOnlyBpf(operation);
  return success(undefined);
}

const help = '-Z takes root';

function keepOnlyBpf(operation: string): void {
  const bit = 1 << capabilityBpf;
  // Effective, permitted, inheritable; first the lower words, then the upper.
  const sets = new Uint32Array([0, 0, 0, bit, bit, 0]);
  if (libc().capset(new Uint32Array([capabilityVersion, 0]), sets) < 0) {
    throw createBpfError({ operation, errno: lastErrno() });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error) || !('code' in cause)) throw cause;
  return String(cause.code);
}
