import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { oracleVersion } from '../../oracle/oracle.js';
import { describe } from '../../support/suite.js';

const etc = fileURLToPath(new URL('etc', import.meta.url));
const compare = fileURLToPath(new URL('compare.ts', import.meta.url));

/** Arguments of unshare that run a command where this test's files are all there is in /etc. */
function withEtc(...command: readonly string[]): readonly string[] {
  const script = 'mount --bind "$0" /etc && exec "$@"';
  return ['--mount', '--propagation', 'private', 'sh', '-c', script, etc, ...command];
}

/** Why there can be no /etc of our own, or no reference. */
function whatIsMissing(version: string): string | undefined {
  if (!version.startsWith('1.11')) return `libpcap 1.11 is the reference, and this is ${version}`;
  try {
    execFileSync('unshare', withEtc('true'), { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'a mount namespace takes root';
  }
}

// Asked outside: building the oracle takes more than this test's files.
const missing = whatIsMissing(await oracleVersion());

describe('names from files', (test) => {
  test.skipUnless(missing, 'mean what they mean to libpcap with the same files', () => {
    const { status, stderr } = spawnSync(
      'unshare',
      withEtc(process.execPath, '--import', 'tsx', compare),
      { encoding: 'utf8' },
    );
    assert.is(status, 0, stderr);
  });
});
