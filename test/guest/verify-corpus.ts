/**
 * verify-corpus.ts [--kernel SERIES]... [--step N] [--program NAME]: build an object for every Nth filter of the corpus and
 * load them all, on the running kernel and in guests of these series. Takes minutes: not a part of `npm test`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compile, compileObject } from '../../compiler/index.js';
import { readCorpus } from '../corpus/corpus.js';

const { values } = parseArgs({
  options: {
    kernel: { type: 'string', multiple: true, default: [] },
    step: { type: 'string', default: '2' },
    program: { type: 'string', default: 'netcap_tracing' },
  },
});
/** Seconds for one guest, at most. */
const limit = '3000';
const buildsAtOnce = 2;

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netcap-corpus-'));
try {
  const filters = readCorpus('filters').filter((_, index) => index % Number(values.step) === 0);
  const queue = [...filters];
  const build = async () => {
    for (let filter = queue.shift(); filter !== undefined; filter = queue.shift()) {
      const { c } = compile(filter.expression);
      if (c === undefined) continue; // for another link type than Ethernet
      const object = await compileObject(c);
      if (!object.ok) throw new Error(`${filter.id}: ${object.mistakes[0]?.message}`);
      writeFileSync(join(folder, `${filter.id}.o`), object.value);
    }
  };
  await Promise.all(Array.from({ length: buildsAtOnce }, build));
  const verify = [process.execPath, '--import', 'tsx', script('verify-objects.ts'), folder];
  const commands = [
    ['here', ...verify, values.program],
    ...values.kernel.map((series) => [
      series,
      script('run.sh'),
      '--share',
      folder,
      '--time',
      limit,
      series,
      '--',
      ...verify,
      values.program,
    ]),
  ];
  // Guests have one processor each.
  const statuses = await Promise.all(
    commands.map(async ([name = '', command = '', ...rest]) => {
      const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on('line', (line) => console.log(`${name}: ${line}`));
      }
      const [status] = await once(child, 'close');
      return status as number | null;
    }),
  );
  if (statuses.some((status) => status !== 0)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
