import { readCorpus } from '../corpus/corpus.js';
import { linkTypes } from '../packets/capture.js';
import { ethernetPackets } from '../packets/packets.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, noKernel, ourVerdicts, withReference } from './verdicts.js';

/** 70 ranges of ports, each compiled by itself: clang 19 runs out of BPF stack, clang 14 does not. */
const tooLarge = ['large-07'];

/** Long lists that take minutes of clang, or too many instructions for the kernel, as long as no pass shortens them. */
const tooLargeWithoutPasses = [...tooLarge, 'large-05', 'large-10', 'large-23'];

/**
 * The same comparison with objects in the kernel, on the skb target. Without passes every second filter: building an
 * object takes a fifth of a second.
 */
describe('verdicts in the kernel', (test) => {
  const compare = async (options: readonly string[], leftOut: readonly string[], step: number) => {
    if (leftOut.length > 0)
      console.log(`left out, too large without passes: ${leftOut.join(', ')}`);
    const filters = readCorpus('filters')
      .filter(({ id }) => !leftOut.includes(id))
      .filter((_, index) => index % step === 0);
    await withReference(ethernetPackets(), linkTypes.ethernet, filters, async (judged) => {
      assertSameVerdicts(judged, await ourVerdicts(judged, ['--engine', 'bpf', ...options]));
    });
  };
  test.skipUnless(noKernel, 'after all passes', () => compare([], tooLarge, 1));
  test.skipUnless(noKernel, 'without passes, every second filter', () =>
    compare(['--no-optimize'], tooLargeWithoutPasses, 2),
  );
});
