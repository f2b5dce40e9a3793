import { readCorpus } from '../corpus/corpus.js';
import { linkTypes } from '../packets/capture.js';
import type { Packet } from '../packets/packet.js';
import { ethernetPackets } from '../packets/packets.js';
import { sockPackets } from '../packets/sock.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, noKernel, ourVerdicts, withReference } from './verdicts.js';

/** Part of the corpus on the other targets: what they put together is what libpcap is shown. */
describe('verdicts of targets', (test) => {
  const sample = readCorpus('filters-sample');
  const everySecond = sample.filter((_, index) => index % 2 === 1);
  const compare = (packets: readonly Packet[], options: readonly string[], filters = sample) =>
    withReference(packets, linkTypes.ethernet, filters, async (judged) => {
      assertSameVerdicts(judged, await ourVerdicts(judged, options));
    });
  const compareInKernel = (packets: readonly Packet[], options: readonly string[]) =>
    compare(packets, [...options, '--engine', 'bpf'], everySecond);

  const sock = ['--target', 'sock'];
  test('sock, engine c', () => compare(sockPackets(), [...sock, '--engine', 'c']));
  test.skipUnless(noKernel, 'sock, engine bpf', () => compareInKernel(sockPackets(), sock));

  const mbuf = ['--target', 'mbuf'];
  test('mbuf, engine c', () => compare(ethernetPackets(), [...mbuf, '--engine', 'c']));
  for (const segments of [1, 2, 3, 4]) {
    test.skipUnless(noKernel, `mbuf of ${segments} segments, engine bpf`, () =>
      compareInKernel(ethernetPackets(), [...mbuf, '--segments', `${segments}`]),
    );
  }
});
