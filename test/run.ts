/**
 * Runs every test/**\/*.test.ts in a process of its own, two at a time. Arguments select files by a part of their path:
 * `npm test -- parse behaviour`. The last line counts tests, not files.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface FileResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why the file failed, where no failed test says so. */
  readonly problem?: string;
}

const project = fileURLToPath(new URL('..', import.meta.url));
const processes = 2;
const secondsPerFile = 900;
/** Started first, so that the last process does not sit alone with one of them. */
const longRunning = /guest|behaviour|oracle|live/;

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of running) stop(child);
    process.exit(130);
  });
}

const files = findTests(process.argv.slice(2));
const results: FileResult[] = [];
const queue = [...files];
await Promise.all(Array.from({ length: processes }, work));
report();

function findTests(parts: readonly string[]): readonly string[] {
  return readdirSync(join(project, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => join('test', name))
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
}

function order(file: string): number {
  return longRunning.test(file) ? 0 : 1;
}

async function work(): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    results.push(await runFile(file));
  }
}

async function runFile(file: string): Promise<FileResult> {
  const source = readFileSync(join(project, file), 'utf8');
  // uvu passes a file that never calls `.run()`; describe does, so every file goes through it.
  if (!/import \{[^}]*\bdescribe\b[^}]*\} from '[./]+\/support\/suite\.js'/.test(source)) {
    const problem = 'does not import describe from test/support/suite.ts';
    return print(file, 0, '', { passed: 0, failed: 1, skipped: 0, problem });
  }
  const begin = Date.now();
  const { output, status, timedOut } = await runProcess(file);
  return print(file, Date.now() - begin, output, judge(output, status, timedOut));
}

function runProcess(file: string) {
  return new Promise<{ output: string; status: number | null; timedOut: boolean }>((resolve) => {
    let output = '';
    let timedOut = false;
    // A process group of its own, so that a time limit also ends what the test started.
    const child = spawn(process.execPath, ['--import', 'tsx', file], {
      cwd: project,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    running.add(child);
    const timer = setTimeout(() => {
      timedOut = true;
      stop(child);
    }, secondsPerFile * 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('close', (status) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ output, status, timedOut });
    });
  });
}

/** Ask the child's process group to end, and end it five seconds later. */
function stop(child: ChildProcess): void {
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // It has ended by itself.
    }
  };
  signal('SIGTERM');
  setTimeout(() => signal('SIGKILL'), 5000).unref();
}

function judge(output: string, status: number | null, timedOut: boolean): FileResult {
  const total = count(output, 'Total');
  const passed = count(output, 'Passed');
  const skipped = count(output, 'Skipped');
  const failed = total - passed;
  const failing = { passed, failed: Math.max(1, failed), skipped };
  if (timedOut) return { ...failing, problem: `ran into the time limit of ${secondsPerFile} s` };
  if (total + skipped === 0) return { ...failing, problem: `ran no test, exit status ${status}` };
  if (status !== 0 && failed === 0) return { ...failing, problem: `exit status ${status}` };
  return { passed, failed, skipped };
}

/** The sum of the numbers in uvu's closing lines, one block for each suite of the file. */
function count(output: string, label: string): number {
  const lines = output.matchAll(new RegExp(`^ *${label}: +(\\d+)$`, 'gm'));
  return [...lines].reduce((sum, line) => sum + Number(line[1]), 0);
}

function print(file: string, milliseconds: number, output: string, result: FileResult): FileResult {
  const seconds = (milliseconds / 1000).toFixed(1).padStart(6);
  const mark = result.failed > 0 ? 'FAIL' : ' ok ';
  const reason = result.problem === undefined ? '' : `: ${result.problem}`;
  console.log(
    `${mark} ${seconds} s  ${String(result.passed).padStart(4)} passed  ${file}${reason}`,
  );
  if (result.failed > 0) console.log(output);
  else for (const line of output.matchAll(/^skipped: .*$/gm)) console.log(`  ${line[0]}`);
  return result;
}

function report(): void {
  const sum = (key: 'passed' | 'failed' | 'skipped') =>
    results.reduce((total, result) => total + result[key], 0);
  if (files.length === 0) console.log('no test file found');
  if (files.length === 0 || sum('failed') > 0) process.exitCode = 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
}
