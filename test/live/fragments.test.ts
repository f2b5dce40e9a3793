import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { compile, compileObject } from '../../compiler/index.js';
import { missingGuest, runInGuest } from '../support/guest.js';
import { describe } from '../support/suite.js';
import { pageFragmentCases, reassembledCases } from './fragmented-packets.js';
import type { FragmentResult } from './fragments.js';

const noRoot = process.getuid?.() === 0 ? undefined : 'attaching to the kernel takes root';
const oldestKernel = '5.10';

/**
 * Packets whose ports and data are not in the linear area: in page fragments, as sendfile and MSG_ZEROCOPY leave them,
 * and in a frag_list, as reassembly and GRO do. They are matched and captured whole, with either reader, whether the
 * verifier knows the type of the hook's argument or not.
 */
describe('fragments', (test) => {
  test.skipUnless(noRoot, 'in this kernel', () =>
    check(['best', 'window', 'typed best', 'typed window'], (_, command) =>
      execFileSync(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] }),
    ),
  );
  test.skipUnless(missingGuest(oldestKernel), `in a guest of ${oldestKernel}`, () =>
    // It has the window only, and its verifier takes its time.
    check(['window', 'typed window'], (folder, command) =>
      runInGuest(oldestKernel, folder, command),
    ),
  );
});

async function check(
  readers: readonly string[],
  launch: (folder: string, command: readonly string[]) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netcap-fragments-'));
  try {
    const sender = join(folder, 'fragments-send');
    execFileSync('clang', ['-O1', '-Wall', '-Werror', '-o', sender, 'test/live/fragments-send.c']);
    const cases = [...pageFragmentCases(), ...reassembledCases()];
    for (const [index, { filter }] of cases.entries()) {
      const object = await compileObject(compile(filter).c ?? '');
      if (!object.ok) throw new Error(`${filter}: ${object.mistakes[0]?.message}`);
      writeFileSync(join(folder, `${index}.o`), object.value);
    }
    launch(folder, [
      process.execPath,
      '--import',
      'tsx',
      'test/live/fragments.ts',
      folder,
      ...readers,
    ]);
    const results: readonly FragmentResult[] = JSON.parse(
      readFileSync(join(folder, 'captured.json'), 'utf8'),
    );
    for (const { name, captured, truncated = 0 } of cases)
      for (const reader of readers) {
        const what = `${name}, reader ${reader}`;
        const result = results.find((each) => each.name === name && each.reader === reader);
        assert.ok(result, what);
        assert.is(result.captured.length, captured.length, `${what}: number of packets`);
        for (const [index, bytes] of captured.entries())
          assert.is(result.captured[index], Buffer.from(bytes).toString('hex'), what);
        assert.is(result.truncated, truncated, `${what}: truncated`);
        assert.is(result.lost, 0, `${what}: lost`);
      }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
