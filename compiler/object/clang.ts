import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mistake, type Outcome, success } from '../diagnostics/outcome.js';
import { slimObject, slimVersion } from './slim.js';

/** A compiler that has started and waits for what to compile. */
export interface ObjectBuild {
  /** Compile. Once, and only if it was not cancelled. */
  readonly finish: (c: string) => Promise<Outcome<Uint8Array>>;
  /** There will be nothing to compile. */
  readonly cancel: () => Promise<void>;
}

/** Start clang ahead of the C, so that it loads while the caller still works that out. */
export function startObject(): ObjectBuild {
  const folder = mkdtempSync(join(tmpdir(), 'netcapc-'));
  const object = join(folder, 'out.o');
  let give: (c: string | undefined) => void = () => {};
  const c = new Promise<string | undefined>((resolve) => {
    give = resolve;
  });
  const compiled = runClang([...objectFlags, '-o', object, '-'], c);
  const remove = () => rm(folder, { recursive: true, force: true });
  return {
    finish: async (text) => {
      try {
        give(text);
        const outcome = await compiled;
        return outcome.ok ? success(slimObject(new Uint8Array(await readFile(object)))) : outcome;
      } finally {
        await remove();
      }
    },
    cancel: async () => {
      give(undefined);
      await compiled;
      await remove();
    },
  };
}

/**
 * The object for a translation unit, as bytes. The same C gives the same bytes in every folder: no path, date or
 * compiler name is left in them.
 */
export function compileObject(c: string): Promise<Outcome<Uint8Array>> {
  return startObject().finish(c);
}

/**
 * What an object's bytes depend on besides its C: the compiler, by what it says of its version, how it is called, and what
 * is done to what it writes.
 */
export async function identifyBuild(): Promise<Outcome<string>> {
  const version = await runClang(['--version'], Promise.resolve(''));
  return version.ok ? success([slimVersion, ...objectFlags, version.value].join('\n')) : version;
}

/** A program for this machine, compiled from C: the `c` engine of `netcapc match`. */
export async function compileHostProgram(c: string, file: string): Promise<Outcome<undefined>> {
  const outcome = await runClang([...hostFlags, '-o', file, '-x', 'c', '-'], Promise.resolve(c));
  return outcome.ok ? success(undefined) : outcome;
}

/** v3 is the newest instruction set that 5.10 knows; -g makes BTF. */
const objectFlags = [
  '-target',
  'bpf',
  '-mcpu=v3',
  '-O2',
  '-g',
  '-Wall',
  '-Werror',
  // A filter may compare constants and divide by 0; what that means is the filter language's business.
  '-Wno-tautological-compare',
  '-Wno-division-by-zero',
  '-Wno-xor-used-as-pow',
  '-fbracket-depth=4096',
  '-x',
  'c',
  '-c',
];

const hostFlags = [
  '-O1',
  '-Wall',
  '-Werror',
  '-Wno-tautological-compare',
  '-Wno-division-by-zero',
  '-Wno-xor-used-as-pow',
  '-fbracket-depth=4096',
];

/** `clang`, or else the newest versioned one, as Debian names them. */
const clangNames = ['clang', ...[21, 20, 19, 18, 17, 16, 15, 14].map((major) => `clang-${major}`)];
let known: string | undefined;

/** Run the first clang there is, for what it prints: asking for it beforehand would cost a process. */
async function runClang(
  args: readonly string[],
  input: Promise<string | undefined>,
): Promise<Outcome<string>> {
  for (const name of known === undefined ? clangNames : [known]) {
    const outcome = await runTool(name, args, input);
    if (outcome === 'not installed') continue;
    known = name;
    return outcome;
  }
  return mistake('clang-missing', 'clang is not installed, and objects are built with it', {
    help: 'install it (Debian: apt-get install clang), or use --emit c',
  });
}

function runTool(
  command: string,
  args: readonly string[],
  input: Promise<string | undefined>,
): Promise<Outcome<string> | 'not installed'> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.stdin.on('error', () => {}); // it ended before reading all: its exit status tells why
    child.on('error', () => resolve('not installed'));
    child.on('close', (status, signal) => {
      if (status === 0) resolve(success(output));
      else if (status !== null || signal !== null)
        resolve(
          mistake(
            'clang-failed',
            `${command} failed with ${signal ?? status}:
${errors.trim()}`,
          ),
        );
    });
    void input.then((text) => {
      if (text === undefined) child.kill();
      else child.stdin.end(text);
    });
  });
}
