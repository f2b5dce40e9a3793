import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, measure } from './measure.js';
import type { Section } from './section.js';
import { formatStart, measureStart } from './start.js';
import { formatFigure, formatTable } from './table.js';

const netcapc = 'dist/compiler/cli/netcapc.js';

/** `netcapc compile` as a process, from its start to the file it writes; `netcap` until it is attached. */
export async function measureProcess(folder: string): Promise<Section> {
  const rows: { readonly id: string; readonly milliseconds: Figure; readonly bytes: number }[] = [];
  const add = async (id: string, file: string, ...options: readonly string[]) => {
    const args = [netcapc, 'compile', '-e', 'tcp port 80', '-o', file, ...options];
    const milliseconds = await measure(() => execFileSync(process.execPath, args));
    rows.push({ id, milliseconds, bytes: statSync(file).size });
  };
  await add('--emit c', join(folder, 'filter.c'), '--emit', 'c');
  for (const target of ['skb', 'sock', 'mbuf'])
    await add(`--target ${target}`, join(folder, 'filter.o'), '--target', target);
  const starts = await measureStart(folder);
  return {
    figures: { compile: rows, start: starts },
    text: [
      ...formatTable(
        ["netcapc compile -e 'tcp port 80'", 'ms', 'bytes'],
        rows.map(({ id, milliseconds, bytes }) => [id, formatFigure(milliseconds), String(bytes)]),
      ),
      '',
      ...formatStart(starts),
    ],
  };
}
