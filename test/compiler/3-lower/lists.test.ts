import * as assert from 'uvu/assert';
import { parseFilter } from '../../../compiler/1-parse/parse.js';
import { resolveFilter } from '../../../compiler/2-resolve/resolve.js';
import { gatherLists } from '../../../compiler/3-lower/lists.js';
import { lowerFormula } from '../../../compiler/3-lower/lower.js';
import { printProgram } from '../../../compiler/ir/print.js';
import { describe } from '../../support/suite.js';

describe('lists', (test) => {
  /** The sets that the program of a filter asks, each once. */
  const sets = (filter: string): readonly string[] => {
    const { formula } = resolveFilter(parseFilter(filter).node, { link: 'ethernet' });
    assert.ok(formula);
    const text = printProgram(lowerFormula(formula, 'ethernet', gatherLists(formula)));
    return [...new Set([...text.matchAll(/in \{([^}]*)\}/g)].map(([, set = '']) => set))];
  };

  test('from the second on, alternatives are one set', () => {
    assert.equal(sets('port 80 or 443 or 8080 or 8081'), ['0x1bb, 0x1f90-0x1f91']);
    assert.equal(sets('host 10.0.0.1 or 10.0.0.2 or net 10.1.0.0/16'), [
      '0xa000002, 0xa010000-0xa01ffff',
    ]);
    assert.equal(sets('not port 1 and not port 2 and not port 3'), ['2-3']);
    assert.equal(sets('tcp or port 1 or port 2 or port 3'), ['2-3']);
  });

  test('two alternatives are two comparisons', () => {
    assert.equal(sets('port 80 or 443'), []);
  });

  test('what looks at different places, or is joined otherwise, is no list', () => {
    assert.equal(sets('port 1 or src port 2 or port 3'), []);
    assert.equal(sets('port 1 or tcp port 2 or port 3'), []);
    assert.equal(sets('src and dst port 1 or 2 or 3'), []);
    assert.equal(sets('port 1 and port 2 and port 3'), []);
    // The first of a list must have been asked whenever the others are.
    assert.equal(sets('len > 60 and port 1 or port 2 or port 3'), []);
    assert.equal(
      sets('net 10.0.0.0 mask 255.0.255.0 or net 10.0.1.0 mask 255.0.255.0 or host 1.1.1.1'),
      [],
    );
  });

  test('a list may begin after what it cannot hold', () => {
    assert.equal(sets('len > 60 and port 1 or port 2 or port 3 or port 4'), ['3-4']);
  });

  test('IPv6: in one direction, and with the same mask', () => {
    const one = 'src host 2001:db8::1 or 2001:db8::5 or 2001:db8::9';
    assert.equal(sets(one), [
      '0x20010db8',
      '0x20010db800000000',
      '0x20010db80000000000000000',
      '0x20010db8000000000000000000000005, 0x20010db8000000000000000000000009',
    ]);
    assert.equal(sets(one.replace('src ', '')), []);
    assert.equal(sets('src net 2001::/16 or 2002::/17 or 2003::/18'), []);
  });

  test('long sets are cut in print only', () => {
    const ports = Array.from({ length: 30 }, (_, index) => 2 * index);
    assert.match(sets(`port ${ports.join(' or ')}`).join(), /2, 4, .* and 21 more/);
  });
});
