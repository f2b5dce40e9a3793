import type { Interval, IntervalSet } from '../ir/interval-set.js';

/** How a number is searched for among the bounds of intervals: see bpf-templates/interval-sets.h. */
export interface SearchPlan {
  /** Sorted: where intervals start, and where the numbers go on behind them; and what pads the table. */
  readonly bounds: readonly bigint[];
  /** Steps, each of which halves what is left. */
  readonly depth: number;
  /** Whether an odd number of bounds up to a number says that it is in the set; otherwise an even one. */
  readonly isOdd: boolean;
  /** What leads to the part of the bounds that is searched. */
  readonly index?: SearchIndex;
}

/** The range from the first number to the last in parts of `2^shift` numbers. */
export interface SearchIndex {
  readonly first: bigint;
  readonly last: bigint;
  readonly shift: number;
  /** How many bounds are below each part; a power of two of them. */
  readonly starts: readonly number[];
}

/** Shorter tables are searched as fast without. */
const leastIndexed = 64;

/** So many bounds for each part, if they are spread evenly: the index stays smaller than the bounds. */
const boundsPerPart = 4;

/** The plan for a set of numbers of one word, or more. */
export function planSearch({ words, intervals }: IntervalSet): SearchPlan {
  const bounds = boundsOf(intervals, 32 * words);
  return (words === 1 ? planIndexed(bounds, intervals) : undefined) ?? planWhole(bounds);
}

/** Zeros in front, which every number is above, and one bound that is never looked at. */
function planWhole(bounds: readonly bigint[]): SearchPlan {
  const depth = Math.ceil(Math.log2(bounds.length + 1));
  const zeros = 2 ** depth - 1 - bounds.length;
  return {
    bounds: [...new Array<bigint>(zeros).fill(0n), ...bounds, 0n],
    depth,
    isOdd: zeros % 2 === 0,
  };
}

const largest = 0xffff_ffffn;

/** Undefined if an index saves nothing: lists may have all their numbers in a few places. */
function planIndexed(
  bounds: readonly bigint[],
  intervals: readonly Interval[],
): SearchPlan | undefined {
  const first = intervals[0]?.low ?? 0n;
  const last = intervals.at(-1)?.high ?? 0n;
  // What is behind the last bound has to be above every number that is searched for.
  if (bounds.length < leastIndexed || last === largest) return undefined;
  const parts = 2 ** Math.floor(Math.log2(bounds.length / boundsPerPart));
  const shift = bitsOf((last - first) / BigInt(parts));
  const found = new Array<number>(parts).fill(0);
  for (const bound of bounds) {
    const part = Number((bound - first) >> BigInt(shift));
    if (part < parts) found[part] = (found[part] ?? 0) + 1;
  }
  const most = found.reduce((a, b) => Math.max(a, b));
  const depth = Math.ceil(Math.log2(most + 1));
  // The index costs about two steps.
  if (depth + 2 >= Math.log2(bounds.length)) return undefined;
  let below = 0;
  const starts = found.map((count) => {
    const start = below;
    below += count;
    return start;
  });
  // A search may look at as many bounds as it has steps for, from wherever it starts.
  const size = 2 ** Math.ceil(Math.log2(bounds.length + 2 ** depth));
  const padding = new Array<bigint>(size - bounds.length).fill(largest);
  const index = { first, last, shift, starts };
  return { bounds: [...bounds, ...padding], depth, isOdd: true, index };
}

/** How many bits a number has. */
function bitsOf(number: bigint): number {
  return number === 0n ? 0 : number.toString(2).length;
}

/** Nowhere behind the largest number there is. */
function boundsOf(intervals: readonly Interval[], bits: number): readonly bigint[] {
  const end = 1n << BigInt(bits);
  return intervals.flatMap(({ low, high }) => [low, high + 1n]).filter((bound) => bound < end);
}
