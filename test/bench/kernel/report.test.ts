import * as assert from 'uvu/assert';
import type { CandidateName } from '../../../bench/kernel/candidates.js';
import { formatKernel, type KernelRow, ratioOf } from '../../../bench/kernel/report.js';
import { summarise } from '../../../bench/measure.js';
import { describe } from '../../support/suite.js';

/** A row in which each class costs the same. */
function row(id: string, costs: Partial<Record<CandidateName, number>>): KernelRow {
  const times = Object.entries(costs).map(([name, cost]) => {
    const figure = summarise([cost]);
    return [name, { match: figure, 'fail early': figure, 'fail late': figure, mean: figure }];
  });
  return { id, times: Object.fromEntries(times), executed: {} };
}

const rows = [
  row('one', { cast: 2, window: 20, 'probe-read': 60, socket: 1 }),
  row('two', { cast: 2, window: 20, 'probe-read': 15, socket: 2 }),
  row('three', { cast: 2, window: 20, 'probe-read': 60 }),
];

describe('report of the kernel section', (test) => {
  test('ratios are of what was measured', () => {
    assert.is(ratioOf(rows[0] as KernelRow, 'probe-read', 'cast'), 30);
    assert.is(ratioOf(rows[2] as KernelRow, 'cast', 'socket'), undefined);
  });

  test('aims are for the mean or for each filter; the latter tells how many do not reach it', () => {
    const lines = formatKernel(rows, row('(none)', { cast: 1 }));
    const line = (start: string) => lines.find((each) => each.startsWith(`| ${start}`)) ?? '';
    const cells = (start: string) =>
      line(start)
        .split('|')
        .map((cell) => cell.trim());
    assert.equal(cells('(a) probe-read to cast').slice(2, 8), [
      '18.90',
      '7.50',
      '30.00',
      'mean at least 15',
      'yes',
      '',
    ]);
    assert.equal(cells('cast to (c) socket').slice(5, 8), ['each at most 1', 'no', '1 of 2']);
    assert.equal(cells('window to (a) probe-read').slice(6, 8), ['no', '1 of 3']);
  });
});
