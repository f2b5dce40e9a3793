import * as assert from 'uvu/assert';
import { fuzz } from '../../fuzz/fuzz.js';
import { oracleVersion } from '../oracle/oracle.js';
import { describe } from '../support/suite.js';

const version = await oracleVersion();
const missing = version.startsWith('1.11')
  ? undefined
  : `libpcap 1.11 is the reference, and this is ${version}`;

describe('random filters over packets made for them', (test) => {
  test.skipUnless(missing, 'have the verdicts of libpcap', async () => {
    const { tally, findings } = await fuzz({
      seed: 1,
      seconds: 120,
      packets: 50,
      engine: 'both',
      show: 10,
    });
    assert.is(findings.length, 0);
    assert.is(tally.unsupported, 0, 'the whole language is supported');
    // A fuzzer that judges next to nothing would pass.
    assert.ok(tally.filters >= 500 && tally.pairs >= 15_000);
    assert.ok(tally.rejected >= 50);
    assert.ok(tally.silent <= tally.filters / 100);
  });
});
