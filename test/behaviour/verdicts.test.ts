import { readCorpus } from '../corpus/corpus.js';
import { mainLinks } from '../packets/links.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, enginesAndPasses, ourVerdicts, withReference } from './verdicts.js';

/**
 * Every filter of the corpus on every packet: the verdicts are those of libpcap's unoptimised program, and what it
 * refuses for a link type, we refuse there.
 */
describe('verdicts', (test) => {
  const filters = [...readCorpus('filters'), ...readCorpus('rejected')];
  for (const { name, linkType, packets } of mainLinks.slice(0, 2))
    for (const options of enginesAndPasses)
      test(`over ${name}, ${options.join(' ')}`, () =>
        withReference(packets(), linkType, filters, async (judged) => {
          assertSameVerdicts(judged, await ourVerdicts(judged, options));
        }));
});
