import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../runtime/cli/netcap.ts', import.meta.url));

/** What a finished `netcap` left behind. */
export interface Finished {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A `netcap` that is running. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves once standard error has this text; rejects if the process ends before. */
  said(text: string): Promise<void>;
  /** Standard error so far. */
  errors(): string;
  readonly finished: Promise<Finished>;
}

/** The command that runs `netcap`, in the namespace if one is given. */
export function netcapCommand(args: readonly string[], namespace?: string): readonly string[] {
  const prefix = namespace === undefined ? [] : ['ip', 'netns', 'exec', namespace];
  return [...prefix, process.execPath, '--import', 'tsx', cli, ...args];
}

/** Start `netcap`, in the namespace if one is given. */
export function startNetcap(args: readonly string[], namespace?: string): Running {
  const [command = '', ...rest] = netcapCommand(args, namespace);
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    for (const listener of listeners) listener();
  });
  // A test that fails does not stop what it started; no test lets it run for so long.
  const limit = setTimeout(() => child.kill('SIGKILL'), 120_000);
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (status) => {
      clearTimeout(limit);
      resolve({ status, output, errors });
    });
  });
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (errors.includes(text)) resolve();
      };
      listeners.add(look);
      look();
      void finished.then(() => reject(new Error(`netcap did not say "${text}":\n${errors}`)));
    });
  return { child, said, errors: () => errors, finished };
}

/** Run `netcap` to its end. */
export function runNetcap(...args: readonly string[]): Promise<Finished> {
  return startNetcap(args).finished;
}

/** A network namespace with a loopback interface that is there while `body` runs. */
export async function inNamespace<Result>(
  body: (name: string) => Promise<Result>,
): Promise<Result> {
  const name = `netcap-test-${process.pid}`;
  execFileSync('ip', ['netns', 'add', name]);
  try {
    execFileSync('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
    return await body(name);
  } finally {
    execFileSync('ip', ['netns', 'delete', name]);
  }
}

/**
 * Send datagrams `0`, `1`, `2`, ... from inside a namespace to a port of one of its loopback addresses, and
 * return once all of them have been received.
 *
 * The sender stays on one CPU, whose backlog is first in, first out (net/core/dev.c, enqueue_to_backlog());
 * one more datagram, which a socket of its own receives, is therefore the last.
 */
export function sendDatagrams(
  namespace: string,
  address: string,
  port: number,
  count: number,
): void {
  const script = `
    const socket = require('node:dgram').createSocket('udp4');
    const last = require('node:dgram').createSocket('udp4');
    let sent = 0;
    const next = () => {
      if (sent < ${count}) return socket.send(String(sent++), ${port}, '${address}', next);
      socket.send('last', last.address().port, '${address}');
    };
    last.on('message', () => { socket.close(); last.close(); });
    last.bind(0, '${address}', next);`;
  const allowed = /^Cpus_allowed_list:\t(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const pinned = ['taskset', '-c', allowed?.[1] ?? '0', process.execPath, '-e', script];
  execFileSync('ip', ['netns', 'exec', namespace, ...pinned]);
}
