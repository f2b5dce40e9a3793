import { readCorpus } from '../corpus/corpus.js';
import { linkTypes } from '../packets/capture.js';
import { ethernetPackets, rawPackets } from '../packets/packets.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, ourVerdicts, withReference } from './verdicts.js';

/** Every filter of the corpus on every packet: the verdicts are those of libpcap's unoptimised program. */
describe('verdicts', (test) => {
  const captures = [
    ['Ethernet', ethernetPackets(), linkTypes.ethernet],
    ['RAW', rawPackets(), linkTypes.raw],
  ] as const;
  for (const [name, packets, linkType] of captures) {
    for (const engine of ['ir', 'c']) {
      for (const passes of [[], ['--no-optimize']]) {
        const options = ['--engine', engine, ...passes];
        test(`over ${name}, ${options.join(' ')}`, async () => {
          await withReference(packets, linkType, readCorpus('filters'), async (judged) => {
            assertSameVerdicts(judged, await ourVerdicts(judged, options));
          });
        });
      }
    }
  }
});
