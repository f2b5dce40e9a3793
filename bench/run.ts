/**
 * npm run bench [-- SECTION...] [--json FILE] [--readme]: what compiling and matching cost on this machine, in one run;
 * README.md has the method, and with --readme these figures. Figures move from machine to machine; ratios inside one run are what to compare.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { oracleVersion } from '../test/oracle/oracle.js';
import { measureConsumer } from './consumer.js';
import { measureFlood } from './flood.js';
import { measureHooks } from './hooks.js';
import { measureKernel } from './kernel.js';
import { measureLists } from './lists.js';
import { measureMatch } from './match.js';
import { measurePipeline } from './pipeline.js';
import { measureProcess } from './process.js';
import type { Section } from './section.js';
import { measureVerifier } from './verifier.js';
import { measureWork } from './work.js';

/** The sections in their order; each may use a folder for its files. */
const sections: Readonly<Record<string, (folder: string) => Promise<Section>>> = {
  work: measureWork,
  kernel: measureKernel,
  pipeline: measurePipeline,
  process: measureProcess,
  lists: measureLists,
  match: measureMatch,
  verifier: measureVerifier,
  consumer: measureConsumer,
  flood: measureFlood,
  hooks: measureHooks,
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' }, readme: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !Object.hasOwn(sections, name));
if (unknown !== undefined) {
  console.error(`no section is called ${unknown}; there are ${Object.keys(sections).join(', ')}`);
  process.exitCode = 2;
} else if (values.readme && positionals.length > 0) {
  console.error('README.md takes all sections of one run');
  process.exitCode = 2;
} else await runSections();

async function runSections(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netcap-bench-'));
  try {
    const machine = {
      processor: cpus()[0]?.model ?? '',
      processors: cpus().length,
      kernel: release(),
      node: process.version,
      libpcap: await oracleVersion(),
    };
    const about = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
    const pages = [about.join(', ')];
    console.log(pages[0]);
    const figures: Record<string, unknown> = { machine };
    for (const [name, run] of Object.entries(sections)) {
      if (positionals.length > 0 && !positionals.includes(name)) continue;
      const section = await run(folder);
      figures[name] = section.figures;
      const page = `### ${name}\n\n${section.text.join('\n')}`;
      console.log(`\n${page}`);
      pages.push(page);
    }
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
    if (values.readme) writeReadme(pages);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Put the figures in the place of those before, behind the method. */
function writeReadme(pages: readonly string[]): void {
  const file = new URL('README.md', import.meta.url);
  const heading = '\n## The last run\n';
  const [method = ''] = readFileSync(file, 'utf8').split(heading);
  writeFileSync(file, `${method}${heading}\n${pages.join('\n\n')}\n`);
}
