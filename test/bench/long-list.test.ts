import * as assert from 'uvu/assert';
import { listFilter, listKinds, listPacket } from '../../bench/long-list.js';
import { analyse } from '../../compiler/index.js';
import { interpret } from '../../compiler/ir/interpret.js';
import { describe } from '../support/suite.js';

describe('lists of the bench', (test) => {
  for (const kind of listKinds)
    test(`${kind}: what is in the list matches, what comes behind its end does not`, () => {
      const length = 500;
      const program = analyse(listFilter(kind, length), { link: 'ethernet' }).ir?.[0];
      assert.ok(program);
      const matches = (index: number) => interpret(program, listPacket(kind, index));
      assert.equal([0, 1, 250, length - 1].map(matches), [true, true, true, true]);
      assert.equal([length, length + 7, 10_000].map(matches), [false, false, false]);
    });

  test('10,000 are all different', () => {
    for (const kind of listKinds) {
      const items = listFilter(kind, 10_000).split(' or ');
      assert.is(new Set(items.slice(1, -1)).size, 9998, kind);
    }
  });
});
