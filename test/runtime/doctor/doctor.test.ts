import { execFileSync, spawnSync } from 'node:child_process';
import * as assert from 'uvu/assert';
import { hasCapabilities } from '../../../runtime/doctor/capabilities.js';
import { canCapture, checks, type Finding } from '../../../runtime/doctor/checks.js';
import { probedKinds } from '../../../runtime/hooks/available-kinds.js';
import { describe } from '../../support/suite.js';
import { runNetcap } from '../cli/netcap.js';
import { missingForLoading, withoutPrivileges } from '../requirements.js';

describe('canCapture', (test) => {
  const results = (missing: readonly string[]) =>
    checks.map((check) => {
      const finding: Finding = { ok: !missing.includes(check.name), note: '' };
      return { check, finding };
    });

  test('all of what is needed, and one kind of hook', () => {
    assert.ok(canCapture(results([])));
    const others = probedKinds.filter((kind) => kind !== 'tp_btf');
    assert.ok(canCapture(results(others)));
    assert.not(canCapture(results([...others, 'tp_btf'])));
    assert.not(canCapture(results(['BTF'])));
    assert.ok(canCapture(results(['tcpdump', 'clang', 'rdonly_cast'])));
  });
});

describe('hasCapabilities', (test) => {
  test('CAP_SYS_ADMIN, or both of its parts', () => {
    assert.ok(hasCapabilities('CapEff:\t0000000000200000\n'));
    assert.ok(hasCapabilities('CapEff:\t000000c000000000\n'));
    assert.not(hasCapabilities('CapEff:\t0000008000000000\n'));
    assert.not(hasCapabilities('CapEff:\t0000000000000000\n'));
  });
});

describe('netcap doctor', (test) => {
  test('a line for every check', async () => {
    const { output, status } = await runNetcap('doctor');
    const lines = output.trimEnd().split('\n');
    assert.is(lines.length, checks.length);
    for (const line of lines) assert.match(line, /^(ok|no) {2}\S/);
    assert.ok(status === 0 || status === 3);
  });

  test.skipUnless(missingForLoading(), 'what it says of hooks is true', async () => {
    const { output, status } = await runNetcap('doctor');
    assert.is(status, 0, output);
    const kernel = execFileSync('uname', ['-r'], { encoding: 'utf8' });
    assert.match(output, /^ok {2}tp_btf/m, kernel);
    assert.match(output, /^ok {2}ring buffer/m, kernel);
  });

  test.skipUnless(missingForLoading(), 'without privileges it says so', () => {
    const args = withoutPrivileges(process.execPath, 'dist/runtime/cli/netcap.js', 'doctor');
    const { status, stdout } = spawnSync('setpriv', args, { encoding: 'utf8' });
    assert.is(status, 3, stdout);
    assert.match(stdout, /^no {2}privileges +not root/m);
    assert.match(stdout, /^ok {2}ring buffer/m);
  });
});
