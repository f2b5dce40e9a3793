/** What the process's exit status tells. */
export const exitStatus = {
  ok: 0,
  /** The filter, or a file that was named, is wrong. */
  badInput: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The system refused: privilege, a missing tool, the kernel. */
  refused: 3,
  /** A mistake of this program. */
  internal: 70,
} as const;
