import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { describe } from '../support/suite.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const missing = process.getuid?.() === 0 ? undefined : 'a guest needs root';

describe('guest', (test) => {
  test.skipUnless(missing, "returns the command's output, status and shared files", () => {
    const share = mkdtempSync(join(tmpdir(), 'netcap-guest-'));
    try {
      assert.is(spawnSync(join(folder, 'kernels.sh'), ['6.1'], { stdio: 'inherit' }).status, 0);
      const script = 'uname -r; pwd >&2; echo "$1" >"$2"; touch written; exit 3';
      const { status, stdout, stderr } = spawnSync(
        join(folder, 'run.sh'),
        [
          '--share',
          share,
          '6.1',
          '--',
          'sh',
          '-c',
          script,
          'sh',
          "it's  here",
          join(share, 'file'),
        ],
        { cwd: folder, encoding: 'utf8' },
      );
      assert.is(status, 3);
      assert.match(stdout, /^6\.1\./);
      assert.is(stderr.trim(), folder.replace(/\/$/, ''));
      assert.is(readFileSync(join(share, 'file'), 'utf8'), "it's  here\n");
      assert.throws(() => readFileSync(join(folder, 'written')), /ENOENT/);
    } finally {
      rmSync(share, { recursive: true });
    }
  });
});
