import { constants } from 'node:os';

/** The environment refused: privilege, kernel feature, verifier, a program that is not installed. */
export interface BpfError extends Error {
  readonly name: 'BpfError';
  /** What was tried, as a verb phrase: `load program netcap_fentry`. */
  readonly operation: string;
  /** Why not, as the end of a sentence. */
  readonly reason: string;
  readonly errno: number | undefined;
  /** `EPERM`, or undefined if the number has no name. */
  readonly errnoName: string | undefined;
  /** The kernel verifier's text, all of it; empty if there is none. */
  readonly log: string;
  /** What the user can do. */
  readonly help: string | undefined;
}

/** What is known about a failure. A `reason` takes the place of what is made from `log` and `errno`. */
export interface Failure {
  readonly operation: string;
  readonly errno?: number;
  readonly log?: string;
  readonly reason?: string;
  readonly help?: string;
}

/** A BpfError to throw. */
export function createBpfError(failure: Failure): BpfError {
  const { operation, errno } = failure;
  const log = failure.log?.trim() ?? '';
  const reason =
    failure.reason ?? lastUsefulLine(log) ?? (errno === undefined ? 'failed' : errnoReason(errno));
  const error = new Error(`cannot ${operation}: ${reason}`);
  return Object.assign(error, {
    name: 'BpfError' as const,
    operation,
    reason,
    errno,
    errnoName: errno === undefined ? undefined : errnoName(errno),
    log,
    help: failure.help ?? adviceFor(errno),
  });
}

/** Whether a caught value is a BpfError. */
export function isBpfError(value: unknown): value is BpfError {
  return value instanceof Error && value.name === 'BpfError';
}

/**
 * The line of a verifier log that says what is wrong: the last one that is neither an instruction nor the statistics
 * at the end.
 */
export function lastUsefulLine(log: string): string | undefined {
  const noise =
    /^(processed \d+ insns|verification time|stack depth|mark_precise|\d+: |;|R\d+(_\w+)?=|from \d+ to|arg#|func#)/;
  return log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !noise.test(line))
    .at(-1);
}

/** `EPERM` for 1. */
export function errnoName(errno: number): string | undefined {
  return Object.entries(constants.errno).find(([, value]) => value === errno)?.[0];
}

/** libbpf numbers its own errors from 4000. */
const libbpfMeanings: Readonly<Record<number, string>> = {
  4000: 'libelf cannot read it',
  4001: 'not a BPF object file',
  4002: 'the object has no kernel version',
  4003: 'the object was built for the other byte order',
  4007: 'the verifier rejected the program',
  4010: 'wrong program type',
};

const meanings: Readonly<Record<string, string>> = {
  EPERM: 'operation not permitted (EPERM)',
  EACCES: 'permission denied (EACCES)',
  ENOENT: 'not found (ENOENT)',
  EINVAL: 'the kernel does not accept it (EINVAL)',
  EOPNOTSUPP: 'the kernel does not support it (EOPNOTSUPP)',
  ENOTSUP: 'the kernel does not support it (ENOTSUP)',
  E2BIG: 'too large for the kernel (E2BIG)',
  ENOMEM: 'out of memory, or over the locked memory limit (ENOMEM)',
  ESRCH: 'not in the kernel (ESRCH)',
};

/** What an errno means, as the end of a sentence. */
export function errnoReason(errno: number): string {
  const name = errnoName(errno);
  if (name === undefined) return libbpfMeanings[errno] ?? `error ${errno}`;
  return meanings[name] ?? name;
}

function adviceFor(errno: number | undefined): string | undefined {
  if (errno !== constants.errno.EPERM && errno !== constants.errno.EACCES) return undefined;
  return process.getuid?.() === 0
    ? 'the process is root, so look for kernel lockdown, a container without CAP_BPF and CAP_PERFMON, or `netcap doctor`'
    : 'run it as root, or give it CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN';
}
