import { readCorpus } from '../corpus/corpus.js';
import { linkTypes } from '../packets/capture.js';
import { ethernetPackets } from '../packets/packets.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, noKernel, ourVerdicts, withReference } from './verdicts.js';

/**
 * A sample with every production of the language, compared with objects in the kernel on the skb target. Without
 * passes every second filter: building an object takes a fifth of a second.
 */
describe('verdicts in the kernel', (test) => {
  const compare = async (options: readonly string[], step: number) => {
    const filters = readCorpus('filters-sample').filter((_, index) => index % step === 0);
    await withReference(ethernetPackets(), linkTypes.ethernet, filters, async (judged) => {
      assertSameVerdicts(judged, await ourVerdicts(judged, ['--engine', 'bpf', ...options]));
    });
  };
  test.skipUnless(noKernel, 'after all passes', () => compare([], 1));
  test.skipUnless(noKernel, 'without passes, every second filter', () =>
    compare(['--no-optimize'], 2),
  );
});
