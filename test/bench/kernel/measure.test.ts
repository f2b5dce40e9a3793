import * as assert from 'uvu/assert';
import type { BenchFilter } from '../../../bench/filters.js';
import {
  buildCandidates,
  buildEmpties,
  buildPrepare,
  type CandidateName,
  candidateNames,
} from '../../../bench/kernel/candidates.js';
import { measureCandidates } from '../../../bench/kernel/measure.js';
import { openLibpcap } from '../../../bench/libpcap.js';
import { benchPackets } from '../../../bench/packets.js';
import { missingForLoading, missingTools } from '../../runtime/requirements.js';
import { describe } from '../../support/suite.js';

const missing = missingForLoading() ?? missingTools('bpftool');

/** Measure a filter; with `isTurned`, packets that match stand where those are that do not. */
async function measure(filter: BenchFilter, isTurned = false) {
  const libpcap = openLibpcap();
  try {
    const programs = await libpcap.compile(filter.expression);
    const packets = await benchPackets(libpcap, filter.expression, programs.unoptimised);
    const turned = { ...packets, match: packets['fail late'], 'fail late': packets.match };
    const frame = { prepare: await buildPrepare(), empties: await buildEmpties() };
    const candidates = await buildCandidates(filter, programs);
    return measureCandidates(frame, candidates, isTurned ? turned : packets, false);
  } finally {
    await libpcap.close();
  }
}

// Loads that fail reject under `not` too; the length, divisions by constants, scratch memory, bits.
const expression =
  'not (tcp port 80 and tcp[tcp[12] >> 2] & 0x47 != 0) and (len < 1000 or ip[8] / 3 > 7)';

describe('measureCandidates', (test) => {
  test.skipUnless(
    missing,
    'all reach the same verdicts, in the kernel and interpreted',
    async () => {
      const { times, executed } = await measure({ id: 'none', expression });
      const names = candidateNames.filter((name) => !name.startsWith('hand-written'));
      assert.equal(Object.keys(times), names);
      assert.equal(Object.keys(executed), names);
      // Four members of the skb and no load less than once.
      assert.ok((executed['probe-read']?.match.helperCalls ?? 0) > 5);
      assert.is(executed.socket?.match.helperCalls, 0);
      // The members need no call where the verifier knows the skb, and no packet needs one by a cast.
      const calls = (name: CandidateName) => executed[name]?.match.helperCalls ?? Number.NaN;
      assert.is(calls('cast'), 0);
      assert.is(calls('window-kprobe') - calls('window'), 1);
      assert.ok((times['probe-read']?.mean.median ?? 0) > (times.socket?.mean.median ?? 0));
    },
  );

  test.skipUnless(missing, 'a filter with one written by hand has that too', async () => {
    const { executed } = await measure({ id: 'ip', expression: 'ip' });
    assert.ok((executed['hand-written']?.match.instructions ?? 0) > 5);
  });

  test.skipUnless(missing, 'a wrong verdict ends it', async () => {
    let message = '';
    await measure({ id: 'arp', expression: 'arp' }, true).catch((error: Error) => {
      message = error.message;
    });
    assert.match(message, /^cast: wrong verdict on packet 0 of class match/);
  });
});
