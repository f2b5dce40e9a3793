/** A figure that was taken several times. */
export interface Figure {
  readonly median: number;
  /** A quarter of the runs is below the first and above the second. */
  readonly quartiles: readonly [number, number];
  readonly runs: number;
}

/** When enough runs have been made: after `runs`, and before if they take longer than `seconds`. */
export interface Effort {
  readonly runs: number;
  readonly seconds: number;
}

const usualEffort: Effort = { runs: 9, seconds: 3 };

/** Milliseconds that `run` takes. */
export async function measure(
  run: () => unknown,
  { runs, seconds }: Effort = usualEffort,
): Promise<Figure> {
  const values: number[] = [];
  const begin = performance.now();
  while (
    values.length < runs &&
    (values.length === 0 || performance.now() - begin < seconds * 1000)
  ) {
    const start = performance.now();
    await run();
    values.push(performance.now() - start);
  }
  return summarise(values);
}

/** Median and quartiles of at least one value. */
export function summarise(values: readonly number[]): Figure {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (part: number) => {
    const place = part * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), quartiles: [at(0.25), at(0.75)], runs: sorted.length };
}
