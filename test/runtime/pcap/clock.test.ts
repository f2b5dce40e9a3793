import * as assert from 'uvu/assert';
import { measureWallClockOffset, wallClock } from '../../../runtime/pcap/clock.js';
import { describe } from '../../support/suite.js';

describe('clock', (test) => {
  const convert = (timestamp: bigint, offset: bigint) => {
    const { seconds, nanoseconds } = wallClock(offset)(
      Number(timestamp & 0xffff_ffffn),
      Number(timestamp >> 32n),
    );
    return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
  };

  test('wall time is exact to the nanosecond, after years too', () => {
    const offset = 1_795_256_828_523_773_538n;
    for (const timestamp of [0n, 1n, 0xffff_ffffn, 0x1_0000_0000n, 10n ** 18n + 1n]) {
      assert.is(convert(timestamp, offset), timestamp + offset);
    }
  });

  test('one converter serves timestamps in any order', () => {
    const wallTime = wallClock(999_999_999n);
    assert.equal(wallTime(1, 0), { seconds: 1, nanoseconds: 0 });
    assert.equal(wallTime(1, 1), { seconds: 5, nanoseconds: 294_967_296 });
    assert.equal(wallTime(0, 0), { seconds: 0, nanoseconds: 999_999_999 });
  });

  test('the offset leads from the monotonic clock to the wall clock', () => {
    const wall = process.hrtime.bigint() + measureWallClockOffset();
    const difference = Number(wall / 1_000_000n) - Date.now();
    assert.ok(Math.abs(difference) < 50, `${difference} ms`);
  });
});
