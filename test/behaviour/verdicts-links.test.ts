import { readCorpus } from '../corpus/corpus.js';
import { mainLinks, otherLinks } from '../packets/links.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, enginesAndPasses, ourVerdicts, withReference } from './verdicts.js';

/** Every second filter as C: what it is made of is the same for all link types. */
function forEngine<Filter>(
  filters: readonly Filter[],
  options: readonly string[],
): readonly Filter[] {
  return options.includes('c') ? filters.filter((_, index) => index % 2 === 0) : filters;
}

/**
 * The same over the other link types, in a file of its own so that it runs beside that of Ethernet and RAW: the whole
 * corpus, or every fourth filter where a link type differs little from one of the others.
 */
describe('verdicts of link types', (test) => {
  const filters = [...readCorpus('filters'), ...readCorpus('rejected')];
  const some = filters.filter((_, index) => index % 4 === 0);
  const links = [
    ...mainLinks.slice(2).map((link) => [link, filters] as const),
    ...otherLinks.map((link) => [link, some] as const),
  ];
  for (const [{ name, linkType, packets }, chosen] of links)
    for (const options of enginesAndPasses)
      test(`over ${name}, ${options.join(' ')}`, () =>
        withReference(packets(), linkType, forEngine(chosen, options), async (judged) => {
          assertSameVerdicts(judged, await ourVerdicts(judged, options));
        }));
});
