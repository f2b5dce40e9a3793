import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { compile, printProgram } from '../compiler/index.js';
import { checkGolden } from './support/golden.js';
import { describe } from './support/suite.js';

/** golden/CASE/filter.txt is the input; its verdicts are compared with libpcap's in behaviour/goldens.test.ts. */
const folder = 'golden';
const cases = readdirSync(folder).sort();

describe('goldens', (test) => {
  test('there are cases, and each has a filter', () => {
    assert.ok(cases.length >= 15, `${cases.length} cases`);
    for (const name of cases) assert.ok(existsSync(join(folder, name, 'filter.txt')), name);
  });

  for (const name of cases)
    test(name, () => {
      const source = readFileSync(join(folder, name, 'filter.txt'), 'utf8').trim();
      const { ir, c, diagnostics } = compile(source);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      assert.equal(errors, []);
      const outputs = new Map([
        ['ir.txt', (ir ?? []).map(printProgram).join('\n')],
        ['filter.c', filterPart(c ?? '')],
      ]);
      checkGolden(join(folder, name), ['filter.txt'], outputs);
    });
});

/** What the compiler put into the template; the rest is the same for every filter. */
function filterPart(c: string): string {
  const start = c.indexOf('/* @netcap:filter */');
  const end = c.indexOf('/* @netcap:end */');
  assert.ok(start >= 0 && end > start, 'the markers are in the C');
  return c.slice(start, end);
}
