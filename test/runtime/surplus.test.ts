import * as assert from 'uvu/assert';
import { noCounters } from '../../runtime/bpf/counts.js';
import { countSurplus } from '../../runtime/surplus.js';
import { describe } from '../support/suite.js';
import { batch } from './records.js';

describe('countSurplus', (test) => {
  const packets = () =>
    batch(
      [0, 1, 1, 0].map((hook, index) => ({
        record: { hook, processor: index },
        bytes: new Uint8Array(4),
      })),
    );
  const silent = [0, 1].map(() => [0, 1, 2, 3].map(() => noCounters));

  test('what is wanted is not counted', () => {
    const surplus = countSurplus();
    assert.is(surplus.cut(packets(), 4).offsets.length, 4);
    assert.equal(surplus.addTo(silent), silent);
  });

  test('what is not is counted at its hook and CPU, besides what programs counted', () => {
    const surplus = countSurplus();
    assert.equal(surplus.cut(packets(), 2).offsets, packets().offsets.slice(0, 2));
    assert.is(surplus.cut(packets(), 0).offsets.length, 0);
    const before = silent.map((ofHook) => ofHook.map((each) => ({ ...each, surplus: 5n })));
    assert.equal(
      surplus.addTo(before).map((ofHook) => ofHook.map((each) => each.surplus)),
      [
        [6n, 5n, 5n, 7n],
        [5n, 6n, 7n, 5n],
      ],
    );
  });
});
