import * as assert from 'uvu/assert';
import { readCorpus } from '../corpus/corpus.js';
import { linkTypes } from '../packets/capture.js';
import { ethernetPackets } from '../packets/packets.js';
import { describe } from '../support/suite.js';
import { ourVerdicts, withReference } from './verdicts.js';

/** Filters that no packet can tell from constants: contradictions, constants, loads that are always out of bounds. */
const constantFilters: ReadonlySet<string> = new Set([
  ...['everything-01', 'port-38', 'logic-22', 'logic-23', 'logic-24', 'logic-25', 'logic-28'],
  ...['length-12', 'guard-06', 'guard-11', 'guard-12', 'guard-14', 'guard-15', 'guard-17'],
  ...['index-16', 'bounds-01', 'bounds-02', 'bounds-03', 'bounds-08', 'bounds-09', 'bounds-10'],
  ...['bounds-12', 'bounds-13', 'bounds-14', 'bounds-15'],
]);

describe('corpus of filters', (test) => {
  test('ids and expressions are unique, and the sample is part of the corpus', () => {
    const lists = ['filters', 'rejected'] as const;
    const filters = lists.flatMap(readCorpus);
    assert.is(new Set(filters.map(({ id }) => id)).size, filters.length);
    assert.is(new Set(filters.map(({ expression }) => expression)).size, filters.length);
    const expressions = new Map(filters.map(({ id, expression }) => [id, expression]));
    for (const { id, expression } of readCorpus('filters-sample'))
      assert.is(expressions.get(id), expression, id);
  });

  test('the packets tell what each filter is for: some match it, some do not', async () => {
    await withReference(
      ethernetPackets(),
      linkTypes.ethernet,
      readCorpus('filters'),
      async (judged) => {
        for (const { id, expression } of judged.filters) {
          if (id.startsWith('constant-') || constantFilters.has(id)) continue;
          const verdict = judged.reference.get(id);
          const bits = verdict?.accepted ? verdict.bits : '';
          assert.ok(bits.includes('0') && bits.includes('1'), `${id} ${expression}`);
        }
      },
    );
  });

  for (const [list, isAccepted] of [
    ['filters', true],
    ['rejected', false],
  ] as const) {
    test(`what libpcap ${isAccepted ? 'compiles' : 'refuses'}, we do too`, async () => {
      const packets = ethernetPackets().slice(0, 1);
      await withReference(packets, linkTypes.ethernet, readCorpus(list), async (judged) => {
        const ours = await ourVerdicts(judged, []);
        const wrong = judged.filters.filter(
          ({ id }) =>
            ours.get(id)?.accepted !== isAccepted ||
            judged.reference.get(id)?.accepted !== isAccepted,
        );
        assert.equal(wrong, []);
      });
    });
  }
});
