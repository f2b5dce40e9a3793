/** Packets of a hook that were lost on a CPU since its record before, from the count in the record. */
export type LossBefore = (hook: number, processor: number, lost: number) => number;

const halfOfAll = 0x8000_0000;

/**
 * Differences of the counts in records, which programs keep for each hook and CPU modulo 2^32. Records of one CPU are
 * in order but for programs that interrupted another: their counts may go back, and then nothing was lost.
 */
export function createLossCount(hooks: number): LossBefore {
  const seen = Array.from({ length: hooks }, () => new Uint32Array(64));
  return (hook, processor, lost) => {
    let counts = seen[hook];
    if (counts === undefined) return 0;
    if (processor >= counts.length) {
      const larger = new Uint32Array(processor * 2);
      larger.set(counts);
      seen[hook] = larger;
      counts = larger;
    }
    const before = counts[processor] ?? 0;
    if (lost === before) return 0;
    const more = (lost - before) >>> 0;
    if (more >= halfOfAll) return 0;
    counts[processor] = lost;
    return more;
  };
}
