import type { Mistake } from '../diagnostics/outcome.js';

/** What the process's exit status tells. */
export const exitStatus = {
  ok: 0,
  /** The filter, or a file that was named, is wrong. */
  badInput: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The system refused: privilege, a missing tool, the kernel, a full disk. */
  refused: 3,
  /** A mistake of this program. */
  internal: 70,
} as const;

/** What the system is to blame for. */
const refusals: readonly string[] = [
  'clang-missing',
  'clang-failed',
  'engine-failed',
  'output-failed',
];

/** The exit status that mistakes call for. */
export function statusOf(mistakes: readonly Mistake[]): number {
  const codes = mistakes.map(({ code }) => code);
  if (codes.includes('usage')) return exitStatus.usage;
  return codes.some((code) => refusals.includes(code)) ? exitStatus.refused : exitStatus.badInput;
}
