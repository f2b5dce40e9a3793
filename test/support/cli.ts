import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface Finished {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Run netcapc or netcap from the sources, the way its users would. */
export async function runCli(
  program: 'netcapc' | 'netcap',
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Finished> {
  const folder = program === 'netcapc' ? 'compiler' : 'runtime';
  const file = fileURLToPath(new URL(`../../${folder}/cli/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {}); // it may end before it has read all
  child.stdin.end(options.input ?? '');
  const closed = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await closed, output, errors };
}
