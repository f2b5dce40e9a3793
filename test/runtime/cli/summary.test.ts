import * as assert from 'uvu/assert';
import { noCounters } from '../../../runtime/bpf/counts.js';
import { describeProgress } from '../../../runtime/cli/progress.js';
import { describeSummary, type Reading } from '../../../runtime/cli/summary.js';
import type { NetcapCounters } from '../../../runtime/events/generated.js';
import { describe } from '../../support/suite.js';

const counters = {
  ...noCounters,
  seen: 10n,
  matched: 7n,
  ringFull: 2n,
  readFailed: 1n,
  truncated: 3n,
};

/** Hooks that each have all their packets on CPU 1. */
const reading = (
  hooks: readonly NetcapCounters[],
  total: NetcapCounters,
  changes: Partial<Reading> = {},
): Reading => ({
  hooks,
  processors: hooks.map((each) => [noCounters, each]),
  total,
  missed: hooks.map((_, hook) => ({ hook, hooks: 1, runs: 0n })),
  delivered: 4,
  written: 4,
  ...changes,
});

describe('describeSummary', (test) => {
  const clean = { ...noCounters, seen: 10n, matched: 4n };

  test('one hook without losses needs no line of its own', () => {
    assert.equal(describeSummary(['a'], reading([clean], clean), false), [
      '10 packets seen, 4 matched, 4 written, 0 truncated',
      '0 lost: 0 by a full ring, 0 unreadable; 0 missed',
    ]);
  });

  test('losses are told for each CPU, and the others if all is asked for', () => {
    assert.equal(describeSummary(['a'], reading([counters], counters), false), [
      '10 packets seen, 7 matched, 4 written, 3 truncated',
      '3 lost: 2 by a full ring, 1 unreadable; 0 missed',
      '  a: 10 seen, 7 matched, 4 copied, 3 lost',
      '    CPU 1: 10 seen, 7 matched, 4 copied, 3 lost: 2 by a full ring, 1 unreadable',
    ]);
    assert.equal(describeSummary(['a'], reading([clean], clean), true).slice(2), [
      '  a: 10 seen, 4 matched, 4 copied, 0 lost',
      '    CPU 1: 10 seen, 4 matched, 4 copied, 0 lost: 0 by a full ring, 0 unreadable',
    ]);
  });

  test('what is left out is told with its reason', () => {
    const limited = { ...clean, matched: 40n, sampledOut: 20n, limited: 9n, surplus: 6n };
    assert.equal(describeSummary(['a', 'b'], reading([limited, clean], limited), false).slice(2), [
      '36 left out: 20 by --sample, 9 by --max-rate, 6 behind --count, 1 not written',
      '  a: 10 seen, 40 matched, 5 copied, 0 lost, 35 left out',
      '  b: 10 seen, 4 matched, 4 copied, 0 lost',
    ]);
  });

  test('what the kernel missed is told at its hook, or at the first of those it is about', () => {
    const missed = [
      { hook: 0, hooks: 1, runs: 5n },
      { hook: 1, hooks: 2, runs: 7n },
    ];
    const hooks = [clean, clean, clean];
    assert.equal(
      describeSummary(['a', 'b', 'c'], reading(hooks, clean, { missed }), false).slice(1),
      [
        '0 lost: 0 by a full ring, 0 unreadable; 12 missed',
        '  a: 10 seen, 4 matched, 4 copied, 0 lost, 5 missed',
        '  b: 10 seen, 4 matched, 4 copied, 0 lost, 7 missed there and at 1 more functions',
        '  c: 10 seen, 4 matched, 4 copied, 0 lost',
      ],
    );
    const unknown = [{ hook: 0, hooks: 1, runs: undefined }];
    assert.match(
      describeSummary(['a'], reading([clean], clean, { missed: unknown }), false)[1] ?? '',
      /unreadable; this kernel does not count what it missed$/,
    );
  });

  test('of many hooks, those that packets passed', () => {
    const silent = { ...clean, seen: 0n };
    const hooks = Array.from({ length: 20 }, (_, index) => (index === 7 ? clean : silent));
    const names = hooks.map((_, index) => `f${index}`);
    assert.equal(describeSummary(names, reading(hooks, clean), false).slice(2), [
      '  f7: 10 seen, 4 matched, 4 copied, 0 lost',
    ]);
  });
});

describe('describeProgress', (test) => {
  test('says what came since the line before', () => {
    const first = reading([counters], counters);
    const later = { ...counters, seen: 15n, matched: 9n, limited: 2n };
    assert.is(
      describeProgress(10, first, undefined),
      '10 s: 10 seen (+10), 7 matched (+7), 4 written (+4), 3 lost (+3), 3 truncated (+3)',
    );
    assert.is(
      describeProgress(20, reading([later], later), first),
      '20 s: 15 seen (+5), 9 matched (+2), 4 written, 3 lost, 3 truncated, 2 left out (+2)',
    );
  });
});
