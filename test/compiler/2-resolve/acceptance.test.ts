import * as assert from 'uvu/assert';
import { excuseText } from '../../../fuzz/deliberate.js';
import { combineQualifiers, makeSoup } from '../../../fuzz/filters/nonsense.js';
import { links } from '../../../fuzz/links.js';
import { study } from '../../../fuzz/ours.js';
import { oracleVersion } from '../../oracle/oracle.js';
import { openOracle } from '../../oracle/stream.js';
import { seededRandom } from '../../packets/random.js';
import { describe } from '../../support/suite.js';

/** How many filters are made up for each link; the seed is fixed, so they are always the same. */
const count = 1500;

/** Filters that we and libpcap disagree about. */
async function findDisagreements(link: (typeof links)[number]): Promise<readonly string[]> {
  const random = seededRandom(20);
  const oracle = openOracle();
  const disagreements: string[] = [];
  try {
    for (let made = 0; made < count; made++) {
      const text = made % 4 === 0 ? makeSoup(random) : combineQualifiers(random);
      const theirs = await oracle.ask({ expression: text, linkType: link.number, packets: [] });
      const ours = study({ text, link, netmask: undefined });
      if (ours.kind !== theirs.kind && excuseText(text, ours, theirs) === undefined)
        disagreements.push(text);
    }
  } finally {
    await oracle.close();
  }
  return disagreements;
}

const version = await oracleVersion();
const missing = version.startsWith('1.11')
  ? undefined
  : `libpcap 1.11 is the reference, and this is ${version}`;

describe('acceptance', (test) => {
  for (const link of links)
    test.skipUnless(missing, `accepts what libpcap accepts, link ${link.name}`, async () => {
      assert.equal(await findDisagreements(link), []);
    });
});
