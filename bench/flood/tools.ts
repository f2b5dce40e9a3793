import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NamespacePair } from '../../examples/namespaces.js';
import { floodFilter } from './floods.js';

/** What captures, if anything does. */
export const toolNames = ['tcpdump', 'netcap'] as const;

/** The name of a tool. */
export type ToolName = (typeof toolNames)[number];

/** A capture that runs. */
export interface RunningTool {
  /** Nanoseconds of processor time, user and system, of all its threads. */
  readonly processorTime: () => number;
  /** Memory that it has, in bytes. */
  readonly residentBytes: () => number;
  /** Stop it where it is, so that what comes waits for it; and let it go on. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends it; what it said, for its own count of losses. */
  readonly stop: () => Promise<string>;
}

/** Where tools run. */
export const capturingProcessor = '1';
/** The ring of netcap, and as much for tcpdump, whose own would be 2 MiB. */
const ringKibibytes = '16384';

const ready = { tcpdump: /listening on/, netcap: /attached/ } as const;

/** Start a tool in the receiving namespace, on a processor of its own. */
export async function startTool(
  name: ToolName,
  pair: NamespacePair,
  object: string,
  file: string,
): Promise<RunningTool> {
  const command =
    name === 'tcpdump'
      ? [
          'tcpdump',
          '-n',
          '-i',
          pair.device,
          '-B',
          ringKibibytes,
          '-Z',
          'root',
          '-w',
          file,
          floodFilter,
        ]
      : [process.execPath, 'dist/runtime/cli/netcap.js', 'run', object, '-w', file].concat(
          '--hook',
          'tracepoint:net:netif_receive_skb',
        );
  // Each of these becomes the next: the child's id is the tool's.
  const place = [`--net=/run/netns/${pair.far}`, 'nice', '-n', '-20', 'taskset', '-c'];
  const child = spawn('nsenter', [...place, capturingProcessor, ...command], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  for (let tries = 0; !ready[name].test(said); tries++) {
    if (child.exitCode !== null || tries === 600)
      throw new Error(`${name} does not start: ${said}`);
    await sleep(50);
  }
  return {
    processorTime: () => processorTime(child),
    residentBytes: () => residentBytes(child),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      await closed;
      return said;
    },
  };
}

function processorTime({ pid }: ChildProcess): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce(
    (sum, task) => sum + Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
    0,
  );
}

function residentBytes({ pid }: ChildProcess): number {
  const [, kibibytes] =
    /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

/** What a tool says it lost. */
export function lossesOf(name: ToolName, said: string): number {
  const pattern = name === 'tcpdump' ? /(\d+) packets dropped by kernel/ : /(\d+) lost/;
  const found = pattern.exec(said);
  if (found === null) throw new Error(`${name} does not say what it lost: ${said}`);
  return Number(found[1]);
}
