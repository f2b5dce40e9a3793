import * as assert from 'uvu/assert';
import { describeSummary } from '../../../runtime/cli/summary.js';
import { describe } from '../../support/suite.js';

const counters = { seen: 10n, matched: 7n, ringFull: 2n, readFailed: 1n, truncated: 3n };

describe('describeSummary', (test) => {
  test('one hook needs no line of its own', () => {
    assert.equal(describeSummary(['a'], { hooks: [counters], total: counters, delivered: 4 }, 4), [
      '10 packets seen, 7 matched, 4 written, 3 truncated',
      '3 lost: 2 by a full ring, 1 unreadable',
    ]);
  });

  test('of many, those that packets passed', () => {
    const silent = { ...counters, seen: 0n };
    const hooks = Array.from({ length: 20 }, (_, index) => (index === 7 ? counters : silent));
    const names = hooks.map((_, index) => `f${index}`);
    const summary = { hooks, total: counters, delivered: 4 };
    assert.equal(describeSummary(names, summary, 4).slice(2), ['  f7: 10 seen, 7 matched, 3 lost']);
  });

  test('several do', () => {
    const summary = { hooks: [counters, counters], total: counters, delivered: 4 };
    assert.equal(describeSummary(['a', 'b'], summary, 4).slice(2), [
      '  a: 10 seen, 7 matched, 3 lost',
      '  b: 10 seen, 7 matched, 3 lost',
    ]);
  });
});
