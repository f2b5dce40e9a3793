import * as assert from 'uvu/assert';
import { planSearch, type SearchPlan } from '../../../compiler/5-emit/search-plan.js';
import type { Interval } from '../../../compiler/ir/interval-set.js';
import { describe } from '../../support/suite.js';

const limit = 1n << 32n;

/** What interval-sets.h does. */
function finds({ bounds, depth, isOdd, index }: SearchPlan, value: bigint): boolean {
  let start = 0n;
  if (index !== undefined) {
    if (value < index.first || value > index.last) return false;
    start = BigInt(index.starts[Number((value - index.first) >> BigInt(index.shift))] ?? -1);
  }
  let count = start + 2n ** BigInt(depth) - 1n;
  for (let bit = depth; bit > 0; bit--) {
    const half = 2n ** BigInt(bit - 1);
    const bound = bounds[Number(count - half)];
    assert.ok(bound !== undefined, 'within the table');
    if (value < bound) count -= half;
  }
  return (count % 2n === 1n) === isOdd;
}

/** Intervals of numbers that are `step` apart, beginning anew at each of the places. */
function list(length: number, step: bigint, places: readonly bigint[], size = 1n): Interval[] {
  return places.flatMap((place) =>
    Array.from({ length }, (_, index) => {
      const low = place + BigInt(index) * step;
      return { low, high: low + size - 1n };
    }),
  );
}

/** Name, intervals, and whether an index is worth while. */
const lists: readonly [string, readonly Interval[], boolean][] = [
  ['few', list(20, 1000n, [5n]), false],
  ['spread', list(5000, 7919n, [0x0a000000n]), true],
  ['from 0', list(5000, 65536n, [0n], 256n), true],
  ['to the end', [...list(5000, 65536n, [7n]), { low: limit - 9n, high: limit - 1n }], false],
  ['almost to the end', [...list(5000, 65536n, [7n]), { low: limit - 9n, high: limit - 2n }], true],
  ['in two places', list(1000, 2n, [3n, limit - 5000n]), false],
  ['in many places', list(30, 2n, [0n, 1n << 20n, 1n << 24n, 3n << 24n, 1n << 30n]), false],
];

describe('search plans', (test) => {
  for (const [name, intervals, isIndexed] of lists)
    test(`find what is in a list, and nothing else: ${name}`, () => {
      const plan = planSearch({ words: 1, intervals });
      assert.is(plan.index !== undefined, isIndexed);
      assert.ok(Number.isInteger(Math.log2(plan.bounds.length)));
      const near = intervals.flatMap(({ low, high }) => [low - 1n, low, high, high + 1n]);
      for (const value of [0n, limit - 1n, ...near]) {
        if (value < 0n || value >= limit) continue;
        const isIn = intervals.some(({ low, high }) => low <= value && value <= high);
        if (finds(plan, value) !== isIn) assert.unreachable(`${value}: ${isIn}`);
      }
    });

  test('an index shortens the search by most of its steps', () => {
    const [, intervals = []] = lists[1] ?? [];
    const { depth, index } = planSearch({ words: 1, intervals });
    assert.ok(depth <= 4, String(depth));
    assert.ok((index?.starts.length ?? 0) * 4 <= intervals.length * 2);
  });
});
