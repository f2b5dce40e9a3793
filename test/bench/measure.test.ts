import * as assert from 'uvu/assert';
import { measure, summarise } from '../../bench/measure.js';
import { formatFigure, formatTable, geometricMean } from '../../bench/table.js';
import { describe } from '../support/suite.js';

describe('figures', (test) => {
  test('median and quartiles, in whatever order the runs came', () => {
    assert.equal(summarise([5, 1, 4, 2, 3]), { median: 3, quartiles: [2, 4], runs: 5 });
    assert.equal(summarise([4, 1, 2, 3]), { median: 2.5, quartiles: [1.75, 3.25], runs: 4 });
    assert.equal(summarise([7]), { median: 7, quartiles: [7, 7], runs: 1 });
  });

  test('what takes too long is run once', async () => {
    let runs = 0;
    const figure = await measure(
      () => {
        runs += 1;
      },
      { runs: 9, seconds: 0 },
    );
    assert.is(runs, 1);
    assert.is(figure.runs, 1);
  });

  test('a single run shows no spread', () => {
    assert.is(formatFigure(summarise([7])), '7.00');
    assert.is(formatFigure(summarise([100, 200, 300])), '200 (150-250)');
  });

  test('twice and half as much cancel out', () => {
    assert.is(Number(geometricMean([2, 0.5, 4, 0.25]).toFixed(9)), 1);
  });

  test('columns are as wide as their widest cell', () => {
    assert.equal(
      formatTable(
        ['name', 'ms'],
        [
          ['a', '12345'],
          ['longer', '1'],
        ],
      ),
      ['| name   |    ms |', '| ------ | ----: |', '| a      | 12345 |', '| longer |     1 |'],
    );
  });
});
