import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, compileObject } from '../compiler/index.js';
import { type Figure, summarise } from './measure.js';
import { formatFigure, formatTable } from './table.js';

const netcap = 'dist/runtime/cli/netcap.js';
const expression = 'tcp port 80';
const hooks = ['--hook', 'net:netif_receive_skb'];
const rounds = 9;

/** One way to start a capture, and how long it takes until it is attached. */
export interface StartRow {
  readonly id: string;
  readonly milliseconds: Figure;
}

/** From the start of `netcap skb` until it is attached, with and without an object in the cache, and of `netcap run`. */
export async function measureStart(folder: string): Promise<readonly StartRow[]> {
  if (process.getuid?.() !== 0) return [];
  const object = join(folder, 'start.o');
  const built = await compileObject(compile(expression).c ?? '');
  if (!built.ok) throw new Error(built.mistakes[0]?.message);
  writeFileSync(object, built.value);
  const cache = join(folder, 'cache');
  const forget = () => rmSync(cache, { recursive: true, force: true });
  const ways = [
    { id: 'skb, object built', args: ['skb', '-e', expression], prepare: forget },
    { id: 'skb, object cached', args: ['skb', '-e', expression], prepare: () => {} },
    { id: 'run', args: ['run', object], prepare: () => {} },
  ].map((way) => ({ ...way, taken: [] as number[] }));
  for (let round = 0; round < rounds; round++)
    for (const { args, prepare, taken } of ways) {
      prepare();
      taken.push(await untilAttached(args, cache));
    }
  return ways.map(({ id, taken }) => ({ id, milliseconds: summarise(taken) }));
}

async function untilAttached(args: readonly string[], cache: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [netcap, ...args, ...hooks, '-w', '/dev/null'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  let said = '';
  let milliseconds: number | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (milliseconds !== undefined || !/^attached /m.test(said)) return;
    milliseconds = performance.now() - start;
    child.kill('SIGINT');
  });
  await once(child, 'close');
  if (milliseconds === undefined) throw new Error(`netcap does not start: ${said}`);
  return milliseconds;
}

/** The table, if there is something to show. */
export function formatStart(rows: readonly StartRow[]): readonly string[] {
  if (rows.length === 0) return ['Left out: attaching takes root.'];
  return formatTable(
    [`netcap -e '${expression}', until attached`, 'ms'],
    rows.map(({ id, milliseconds }) => [id, formatFigure(milliseconds)]),
  );
}
