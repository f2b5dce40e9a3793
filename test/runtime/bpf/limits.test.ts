import * as assert from 'uvu/assert';
import { limitKnobs, mostCount, mostRate, noLimits } from '../../../runtime/bpf/limits.js';
import { describe } from '../../support/suite.js';

describe('limitKnobs', (test) => {
  test('what is not limited costs nothing', () => {
    assert.equal(limitKnobs({}), noLimits);
    assert.is(limitKnobs({ sample: 1 }).sample, 0);
    // More than a knob holds: the reader has to stop by itself.
    assert.is(limitKnobs({ count: mostCount + 1 }).count, 0);
    assert.is(limitKnobs({ count: mostCount }).count, mostCount);
  });

  test('a rate is an interval, and a burst is what comes in a tenth of a second', () => {
    const burst = (maxRate: number) => {
      const { rateInterval, rateTolerance } = limitKnobs({ maxRate });
      return [rateInterval, Math.floor(rateTolerance / rateInterval) + 1];
    };
    assert.equal(burst(1000), [1_000_000, 100]);
    assert.equal(burst(1), [1_000_000_000, 1]);
    assert.equal(burst(mostRate), [1, 100_000_000]);
    // Never a packet more than was asked for.
    assert.equal(burst(3), [333_333_334, 1]);
    assert.equal(burst(600_000_000), [2, 50_000_000]);
  });
});
