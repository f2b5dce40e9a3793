import * as assert from 'uvu/assert';
import { checkSizes } from '../../../runtime/cli/size-options.js';
import { describe } from '../../support/suite.js';

const check = (bufferSize: number | undefined, rings?: number) => {
  const sizes = checkSizes({ snaplen: 100, bufferSize, rings });
  return sizes.ok ? sizes.value : sizes.mistakes[0]?.message;
};
const ring = (bufferSize: number | undefined) => {
  const sizes = check(bufferSize);
  return typeof sizes === 'object' ? sizes.ringBytes : sizes;
};

describe('checkSizes', (test) => {
  test('a buffer is as many KiB as asked for, or the next power of two', () => {
    const kibibytes = [64, 65, 100, 16384, 16385, 1048576];
    assert.equal(
      kibibytes.map((each) => Number(ring(each)) / 1024),
      [64, 128, 128, 16384, 32768, 1048576],
    );
  });

  test('it is never smaller than a page may be', () => {
    assert.equal([ring(1), ring(63)], [65536, 65536]);
  });

  test('left out, it is what the capture has by itself', () => {
    assert.is(ring(undefined), undefined);
  });

  test('rings are as many as asked for, and their number is checked', () => {
    assert.equal(check(undefined, 64), { snaplenBytes: 100, rings: 64 });
    for (const rings of [0, 65, 1.5, Number.NaN]) {
      assert.is(check(undefined, rings), '--rings takes a number of rings, 1 to 64');
    }
  });

  test('other sizes are mistakes', () => {
    for (const size of [0, -1, 1.5, 1048577, Number.NaN]) {
      assert.is(ring(size), '--buffer-size takes a number of KiB, 1 to 1048576');
    }
  });
});
