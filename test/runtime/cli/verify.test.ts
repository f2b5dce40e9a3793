import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { formatPrograms } from '../../../runtime/cli/verify.js';
import { runCli } from '../../support/cli.js';
import { describe } from '../../support/suite.js';
import { inFolder, writeObject } from '../objects.js';
import { missingForLoading, missingTools } from '../requirements.js';

const missing = missingForLoading() ?? missingTools('clang');

describe('netcap verify', (test) => {
  test('a line for each program', () => {
    const programs = [
      { program: 'netcap_kprobe', accepted: true, instructions: 42, states: 9, peakStates: 5 },
      { program: 'netcap_raw_tp', accepted: false, reason: 'operation not permitted (EPERM)' },
    ] as const;
    assert.is(
      formatPrograms(programs),
      'netcap_kprobe  42 instructions, 9 states\n' +
        'netcap_raw_tp  refused: operation not permitted (EPERM)\n',
    );
  });

  test.skipUnless(missing, 'netcapc inspect --verify adds to what the object says', () =>
    inFolder(async (folder) => {
      const object = await writeObject(folder, 'tcp port 80');
      const verified = await runCli('netcap', ['verify', object, '--json']);
      assert.is(verified.status, 0, verified.errors);
      const inspected = await runCli('netcapc', ['inspect', '--verify', object]);
      assert.is(inspected.status, 0, inspected.errors);
      const { programs, ...manifest } = JSON.parse(inspected.output);
      assert.equal(
        programs.map(({ program }: { program: string }) => program),
        JSON.parse(verified.output).map(({ program }: { program: string }) => program),
      );
      const plain = await runCli('netcapc', ['inspect', object]);
      assert.equal(manifest, JSON.parse(plain.output));
    }),
  );

  test('what is no object is a mistake of the user', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'text.o');
      writeFileSync(file, 'not an object');
      const verified = await runCli('netcap', ['verify', file]);
      assert.is(verified.status, 1);
      assert.match(verified.errors, /is not an ELF file/);
      const inspected = await runCli('netcapc', ['inspect', '--verify', file]);
      assert.is(inspected.status, 1);
      assert.is(inspected.output, '');
    }));
});
