import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';

/**
 * Memory for capture files. A virtual machine's host gives memory at the first touch, which takes longer than anything
 * that is measured, and takes back what nobody has used for a moment. So it is held in a file, and given up right before
 * it is wanted.
 */
export interface HeldMemory {
  /** Hold so much. */
  hold(bytes: number): void;
  /** Give up so much: whoever writes to the same file system next gets it. */
  giveUp(bytes: number): void;
  close(): void;
}

const piece = Buffer.alloc(1 << 24, 1);

/** The file has to be in the file system that captures are written to, tmpfs. */
export function holdMemory(file: string): HeldMemory {
  const fd = openSync(file, 'w');
  let held = 0;
  return {
    hold: (bytes) => {
      while (held < bytes) held += writeSync(fd, piece, 0, piece.length, held);
    },
    giveUp: (bytes) => {
      held = Math.max(0, held - bytes);
      ftruncateSync(fd, held);
    },
    close: () => {
      closeSync(fd);
      rmSync(file);
    },
  };
}
