/** Numbers of one to four words of 32 bits, most significant first, from `low` to `high` inclusive. */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/** A set of such numbers as intervals: sorted, and with a gap between any two. */
export interface IntervalSet {
  readonly words: 1 | 2 | 3 | 4;
  readonly intervals: readonly Interval[];
}

/** The set of all that lies in any of the intervals. O(n log n). */
export function intervalSet(
  words: IntervalSet['words'],
  intervals: readonly Interval[],
): IntervalSet {
  const sorted = intervals.toSorted((one, other) => compareNumbers(one.low, other.low));
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const before = merged.at(-1);
    if (before === undefined || interval.low > before.high + 1n) merged.push(interval);
    else if (interval.high > before.high)
      merged[merged.length - 1] = { low: before.low, high: interval.high };
  }
  return { words, intervals: merged };
}

/** Whether the number is in the set. O(log n). */
export function contains({ intervals }: IntervalSet, number: bigint): boolean {
  let from = 0;
  let to = intervals.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((intervals[middle] as Interval).low <= number) from = middle + 1;
    else to = middle;
  }
  const last = intervals[from - 1];
  return last !== undefined && number <= last.high;
}

/** One number of several words, most significant first. */
export function joinWords(words: readonly number[]): bigint {
  return words.reduce((number, word) => (number << 32n) | BigInt(word), 0n);
}

function compareNumbers(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
