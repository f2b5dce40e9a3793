import * as assert from 'uvu/assert';
import { formatHooks, type HookRow } from '../../../bench/hooks/report.js';
import { summarise } from '../../../bench/measure.js';
import { describe } from '../../support/suite.js';

function row(kind: string, count: number, added: readonly number[]): HookRow {
  return {
    name: kind,
    kind,
    hook: '',
    count,
    attachedAs: kind === 'first' ? 'tp_btf' : kind,
    base: 900,
    added: summarise(added),
  };
}

const others = [row('raw_tp', 100, [6000]), row('tracepoint', 64, [3200]), row('pass', 1, [5])];

describe('report of the section hooks', (test) => {
  test('what each hook costs is compared with the cheapest of netcap with as many', () => {
    const rows = [row('first', 1, [40]), row('tcx', 1, [80]), ...others];
    const cells = formatHooks(rows)
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const find = (name: string) => cells.find(([, first]) => first === name)?.slice(4, 7);
    assert.equal(find('tcx'), ['80.0', '80.0', '2.00']);
    assert.equal(find('raw_tp'), ['6000', '60.0', '1.20']);
    assert.equal(find('pass'), ['5.00', '5.00', '0.13']);
  });

  test('a tracepoint that costs more than noise explains is called so', () => {
    const judged = (spec: readonly number[]) =>
      formatHooks([row('first', 10, spec), row('tp_btf', 10, [38, 40, 42]), ...others]).join('\n');
    assert.match(judged([39, 41, 45]), /attached as tp_btf and costs 1\.02 .* no more than it/);
    assert.match(judged([59, 61, 65]), /costs 1\.52 .* MORE than it/);
  });
});
