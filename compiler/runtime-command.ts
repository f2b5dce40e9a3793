import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mistake, type Outcome, success } from './diagnostics/outcome.js';

/** How a command of the runtime ended. */
export interface FinishedCommand {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Run `netcap` with these arguments and this input: a program of its own, because the compiler does not depend on the
 * runtime and its libraries.
 */
export function runRuntime(
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Outcome<FinishedCommand>> {
  const cli = fileURLToPath(
    new URL(`../runtime/cli/netcap${extname(import.meta.url)}`, import.meta.url),
  );
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...process.execArgv, cli, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.stdin.on('error', () => {}); // its exit status tells why it stopped reading
    child.on('error', (error) => resolve(mistake('engine-failed', error.message)));
    child.on('close', (status) => resolve(success({ status, output, errors })));
    child.stdin.end(input);
  });
}

/** The mistake to report of a command that failed. */
export function commandFailed(
  command: string,
  { status, errors }: FinishedCommand,
): ReturnType<typeof mistake> {
  return mistake('engine-failed', errors.trim() || `netcap ${command} ended with ${status}`);
}
