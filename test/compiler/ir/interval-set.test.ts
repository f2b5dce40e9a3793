import * as assert from 'uvu/assert';
import { contains, intervalSet, joinWords } from '../../../compiler/ir/interval-set.js';
import { describe } from '../../support/suite.js';

describe('interval sets', (test) => {
  const set = (...pairs: readonly (readonly [number, number])[]) =>
    intervalSet(
      1,
      pairs.map(([low, high]) => ({ low: BigInt(low), high: BigInt(high) })),
    );

  test('intervals that touch or overlap become one, in order', () => {
    const { intervals } = set([20, 30], [1, 1], [31, 40], [25, 26], [2, 2], [50, 50]);
    assert.equal(intervals, [
      { low: 1n, high: 2n },
      { low: 20n, high: 40n },
      { low: 50n, high: 50n },
    ]);
  });

  test('both ends are in, their neighbours are not', () => {
    const some = set([0, 0], [5, 9], [0xffffffff, 0xffffffff]);
    const inside = [0, 5, 9, 0xffffffff].map((number) => contains(some, BigInt(number)));
    const outside = [1, 4, 10, 0xfffffffe].map((number) => contains(some, BigInt(number)));
    assert.equal(inside, [true, true, true, true]);
    assert.equal(outside, [false, false, false, false]);
    assert.is(contains(set(), 0n), false);
  });

  test('words make a number, the most significant first', () => {
    assert.is(joinWords([1, 2, 0, 0xffffffff]), 0x0000000100000002_00000000ffffffffn);
  });
});
