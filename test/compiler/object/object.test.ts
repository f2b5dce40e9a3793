import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as assert from 'uvu/assert';
import { compile, compileObject } from '../../../compiler/index.js';
import { readElf, readSection } from '../../../compiler/object/elf.js';
import { slimObject } from '../../../compiler/object/slim.js';
import { describe } from '../../support/suite.js';

const mostBytes = 56 * 1024;

async function build(source: string, target: 'skb' | 'sock' | 'mbuf' = 'skb'): Promise<Uint8Array> {
  const object = await compileObject(compile(source, { target }).c ?? '');
  if (!object.ok) throw new Error(object.mistakes[0]?.message);
  return object.value;
}

describe('object', (test) => {
  for (const target of ['skb', 'sock', 'mbuf'] as const)
    test(`${target}: small, and without a word of the compiler or this machine`, async () => {
      const object = await build('tcp port 80', target);
      assert.ok(object.length < mostBytes, `${object.length} bytes`);
      const text = Buffer.from(object).toString('latin1');
      assert.not.match(text, /clang|debian|\/tmp|\.debug/i);
      assert.not.ok(text.includes(process.cwd()));
    });

  test('the same bytes from every folder', () => {
    const folders = [
      mkdtempSync(join(tmpdir(), 'netcap-a-')),
      mkdtempSync(join(tmpdir(), 'netcap-b-')),
    ];
    try {
      const objects = folders.map((cwd) => {
        const loader = resolve('node_modules/tsx/dist/loader.mjs');
        const command = ['--import', loader, resolve('compiler/cli/netcapc.ts')];
        execFileSync(process.execPath, [...command, 'compile', '-e', 'tcp port 80', '-o', 'x.o'], {
          cwd,
        });
        return readFileSync(join(cwd, 'x.o'));
      });
      assert.equal(objects[0], objects[1]);
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true });
    }
  });

  test('the manifest says what the object is', async () => {
    const section = readSection(await build('udp port 53', 'mbuf'), '.netcap');
    assert.ok(section instanceof Uint8Array);
    assert.equal(JSON.parse(new TextDecoder().decode(section).replace(/\0$/, '')), {
      format: 2,
      target: 'mbuf',
      expression: 'udp port 53',
      links: ['ethernet'],
      optimised: true,
    });
  });

  test('slimming twice changes nothing more', async () => {
    const object = await build('tcp port 80');
    assert.equal(slimObject(object), object);
  });

  test('what is not an object is named', () => {
    assert.is(readElf(new TextEncoder().encode('not an object')), 'not an ELF file');
    assert.is(readElf(readFileSync(process.execPath).subarray(0, 4096)), 'not built for BPF');
  });

  test('a cut object is damaged', async () => {
    const object = await build('tcp port 80');
    assert.is(readElf(object.subarray(0, 2000)), 'damaged');
  });
});
