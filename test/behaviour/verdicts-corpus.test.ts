import * as assert from 'uvu/assert';
import { readCorpus } from '../corpus/corpus.js';
import { type Link, mainLinks, otherLinks } from '../packets/links.js';
import { describe } from '../support/suite.js';
import { withReference } from './verdicts.js';

/** Filters that no packet can tell from constants: contradictions, constants, loads that are always out of bounds. */
const constantFilters: ReadonlySet<string> = new Set([
  ...['everything-01', 'port-38', 'logic-22', 'logic-23', 'logic-24', 'logic-25', 'logic-28'],
  ...['length-12', 'guard-06', 'guard-11', 'guard-12', 'guard-14', 'guard-15', 'guard-17'],
  ...['index-16', 'bounds-01', 'bounds-02', 'bounds-03', 'bounds-08', 'bounds-09', 'bounds-10'],
  ...['bounds-12', 'bounds-13', 'bounds-14', 'bounds-15'],
]);

/** What libpcap says of a filter, over all link types. */
interface Opinion {
  accepted: boolean;
  matches: boolean;
  /** On one link type there are both packets that match and packets that do not. */
  distinguishes: boolean;
}

describe('corpus of filters', (test) => {
  const filters = readCorpus('filters');
  const rejected = readCorpus('rejected');

  test('is large enough, ids and expressions are unique, and the sample is part of it', () => {
    assert.ok(filters.length >= 1600);
    const all = [...filters, ...rejected];
    assert.is(new Set(all.map(({ id }) => id)).size, all.length);
    assert.is(new Set(all.map(({ expression }) => expression)).size, all.length);
    const expressions = new Map(filters.map(({ id, expression }) => [id, expression]));
    const sample = readCorpus('filters-sample');
    assert.is(sample.length, 200);
    for (const { id, expression } of sample) assert.is(expressions.get(id), expression, id);
  });

  test('has at least 5,000 packets of each main link type', () => {
    for (const { name, packets } of mainLinks) assert.ok(packets().length >= 5000, name);
  });

  test('each list and group is what it says', async () => {
    const opinions = await ask([...mainLinks, ...otherLinks], [...filters, ...rejected]);
    for (const { id, expression } of [...filters, ...rejected]) {
      const opinion = opinions.get(id);
      if (opinion === undefined) continue;
      const description = `${id} ${expression}`;
      assert.is(opinion.accepted, !id.startsWith('rejected-'), description);
      if (id.startsWith('never-')) assert.is(opinion.matches, false, description);
      else if (opinion.accepted && !id.startsWith('constant-') && !constantFilters.has(id))
        assert.ok(opinion.distinguishes, `some packets match, some do not: ${description}`);
    }
  });
});

/** libpcap's opinion of each filter; those that an old libpcap cannot judge are missing. */
async function ask(
  links: readonly Link[],
  filters: Parameters<typeof withReference>[2],
): Promise<ReadonlyMap<string, Opinion>> {
  const opinions = new Map<string, Opinion>();
  for (const { linkType, packets } of links)
    await withReference(packets(), linkType, filters, async ({ reference }) => {
      for (const [id, verdict] of reference) {
        const before = opinions.get(id);
        const bits = verdict.accepted ? verdict.bits : '';
        const matches = bits.includes('1');
        opinions.set(id, {
          accepted: (before?.accepted ?? false) || verdict.accepted,
          matches: (before?.matches ?? false) || matches,
          distinguishes: (before?.distinguishes ?? false) || (matches && bits.includes('0')),
        });
      }
    });
  return opinions;
}
