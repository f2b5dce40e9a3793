import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { compile, compileObject } from '../../compiler/index.js';
import { describe } from '../support/suite.js';

const noRoot = process.getuid?.() === 0 ? undefined : 'attaching to the kernel takes root';

/** Events that are called without a packet, too: newer verifiers refuse a program that does not expect it. */
describe('absent packets', (test) => {
  test.skipUnless(noRoot, 'are no packets', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netcap-absent-'));
    try {
      const compiled = await compileObject(compile('icmp').c ?? '');
      if (!compiled.ok) throw new Error(compiled.mistakes[0]?.message);
      const object = join(folder, 'icmp.o');
      writeFileSync(object, compiled.value);
      const command = ['--import', 'tsx', 'test/live/absent-packets.ts', object];
      const events = execFileSync(process.execPath, command, { encoding: 'utf8' });
      assert.ok(Number(events) > 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
