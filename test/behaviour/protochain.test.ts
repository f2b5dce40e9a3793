import { linkTypes } from '../packets/capture.js';
import { longestChains } from '../packets/extension-chains.js';
import { truncated, whole } from '../packets/packet.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, ourVerdicts, withReference } from './verdicts.js';

/** Each alone: libpcap counts the headers of all chains in a filter together, and we those of each. */
const filters = [
  'protochain 6',
  'ip6 protochain \\udp',
  'not ip6 protochain 58',
  'protochain 59',
].map((expression, index) => ({ id: String(index), expression }));
const packets = longestChains().flatMap(({ note, bytes }) => {
  const packet = whole(note, bytes);
  return [packet, truncated(packet, bytes.length - 9), truncated(packet, bytes.length - 30)];
});

describe('the longest chains of headers', (test) => {
  for (const engine of ['ir', 'c'])
    test(`as libpcap, engine ${engine}`, () =>
      withReference(packets, linkTypes.raw, filters, async (judged) =>
        assertSameVerdicts(judged, await ourVerdicts(judged, ['--engine', engine])),
      ));
});
