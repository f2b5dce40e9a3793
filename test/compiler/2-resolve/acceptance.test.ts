import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type OracleVerdict, oracleVerdicts, oracleVersion } from '../../oracle/oracle.js';
import { captureFile, linkTypes } from '../../packets/capture.js';
import { whole } from '../../packets/packet.js';
import { describe } from '../../support/suite.js';
import { generateFilters } from './generate-filters.js';
import { resolveText } from './show.js';

/** How many filters are made up; the seed is fixed, so they are always the same. */
const count = 3000;
const dltRaw = 12;

async function askOracle(
  filters: readonly string[],
  linkType: number,
): Promise<readonly (OracleVerdict | undefined)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'netcap-'));
  try {
    const path = join(folder, 'packet.pcap');
    writeFileSync(path, captureFile([whole('zeros', new Uint8Array(60))], linkTypes.ethernet));
    const asked = filters.map((expression, index) => ({ id: String(index), expression }));
    const verdicts = await oracleVerdicts(asked, path, { linkType });
    return filters.map((_, index) => verdicts.get(String(index)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Filters that we and libpcap disagree about; what we cannot do yet is no disagreement. */
async function findDisagreements(link: 'ethernet' | 'raw'): Promise<readonly string[]> {
  const filters = generateFilters(count);
  const verdicts = await askOracle(filters, link === 'ethernet' ? linkTypes.ethernet : dltRaw);
  return filters.filter((filter, index) => {
    const { formula, diagnostics } = resolveText(filter, { link });
    const isLater = diagnostics.some(({ code }) => code === 'not-supported-yet');
    return !isLater && verdicts[index]?.accepted !== (formula !== undefined);
  });
}

const version = await oracleVersion();
const missing = version.startsWith('1.11')
  ? undefined
  : `libpcap 1.11 is the reference, and this is ${version}`;

describe('acceptance', (test) => {
  for (const link of ['ethernet', 'raw'] as const)
    test.skipUnless(missing, `accepts what libpcap accepts, link ${link}`, async () => {
      assert.equal(await findDisagreements(link), []);
    });
});
