import * as assert from 'uvu/assert';
import { checkLimits, type LimitArguments } from '../../../runtime/cli/limit-options.js';
import { describe } from '../../support/suite.js';

describe('checkLimits', (test) => {
  const nothing: LimitArguments = { count: undefined, maxRate: undefined, sample: undefined };
  const limits = (changes: Partial<LimitArguments>) => checkLimits({ ...nothing, ...changes });

  test('what is not given is no limit', () => {
    assert.equal(limits({}), { ok: true, value: {} });
    assert.equal(limits({ count: 5, maxRate: 10, sample: '1/100' }), {
      ok: true,
      value: { count: 5, maxRate: 10, sample: 100 },
    });
  });

  test('what makes no sense is wrong use', () => {
    const wrong: readonly Partial<LimitArguments>[] = [
      { count: 0 },
      { count: 1.5 },
      { count: 2 ** 32 },
      { maxRate: 0 },
      { maxRate: 1_000_000_001 },
      { sample: '100' },
      { sample: '2/100' },
      { sample: '1/0' },
      { sample: '1/4294967296' },
      { sample: '' },
    ];
    for (const changes of wrong) {
      const checked = limits(changes);
      assert.is(!checked.ok && checked.mistakes[0]?.code, 'usage', JSON.stringify(changes));
    }
  });
});
