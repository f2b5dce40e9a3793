/**
 * Runs that the kernel left out: while a program runs on a CPU, the same one, and for kprobes any, is passed over there.
 * No program can count that; the kernel does.
 */
import { queryInfo } from './info.js';

/** What was left out at hooks that have a program in common. */
export interface MissedRuns {
  /** Index of the first of these hooks. */
  readonly hook: number;
  /** How many they are. */
  readonly hooks: number;
  /** Undefined if this kernel does not count it. */
  readonly runs: bigint | undefined;
}

/** `struct bpf_prog_info`: size up to recursion_misses, which came with 5.12, and its offset. */
const programInfo = { size: 216, misses: 208 };

/**
 * `struct bpf_link_info`, of 6.7 and later: what fired in vain before it came to the program. Types are enum
 * bpf_link_type and enum bpf_perf_event_type.
 */
const linkInfo = {
  size: 64,
  type: 0,
  perfEvent: 7,
  perfType: 16,
  kprobe: 3,
  kretprobe: 4,
  probeMisses: 48,
  multi: 8,
  multiMisses: 32,
};

/** Of a program; undefined if the kernel does not count it. */
export function missedByProgram(fd: number): bigint | undefined {
  const info = Buffer.alloc(programInfo.size);
  return queryInfo(fd, info) < programInfo.size
    ? undefined
    : info.readBigUInt64LE(programInfo.misses);
}

/** Of a link, besides what its program knows; 0 if the kernel does not count it. */
export function missedByLink(fd: number): bigint {
  const info = Buffer.alloc(linkInfo.size);
  // What stands for a link on kernels before 5.15 is no link, and is refused.
  if (queryInfo(fd, info) < linkInfo.probeMisses + 8) return 0n;
  const type = info.readUInt32LE(linkInfo.type);
  if (type === linkInfo.multi) return info.readBigUInt64LE(linkInfo.multiMisses);
  if (type !== linkInfo.perfEvent) return 0n;
  const perfType = info.readUInt32LE(linkInfo.perfType);
  return perfType === linkInfo.kprobe || perfType === linkInfo.kretprobe
    ? info.readBigUInt64LE(linkInfo.probeMisses)
    : 0n;
}
