import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A filter for the oracle; `id` names it in the answer and holds no tab or line break. */
export interface OracleFilter {
  readonly id: string;
  readonly expression: string;
}

/** libpcap's word on one filter: a `0` or `1` for each packet, or why it does not compile. */
export type OracleVerdict =
  | { readonly accepted: true; readonly bits: string }
  | { readonly accepted: false; readonly message: string };

/** How the oracle compiles and runs the filters; the defaults are the reference: unoptimised, whole packets. */
export interface OracleOptions {
  /** The DLT to compile for, where it is not the capture's own. */
  readonly linkType?: number;
  /** Bytes kept of each packet; its length on the wire stays. */
  readonly truncate?: number;
  readonly optimise?: boolean;
  readonly secondsPerFilter?: number;
}

/** Builds and runs oracle.c. */
export const oracleScript = fileURLToPath(new URL('oracle.sh', import.meta.url));

/** The version of libpcap that answers, for example `1.11.0`. */
export async function oracleVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)(oracleScript, ['--version']);
  return /version ([\d.]+)/.exec(stdout)?.[1] ?? stdout.trim();
}

/**
 * Ask libpcap for its verdict of each filter on each packet of a capture file. A filter that ran into the time limit
 * or crashed libpcap is missing from the answer, and said so on stderr.
 */
export async function oracleVerdicts(
  filters: readonly OracleFilter[],
  capturePath: string,
  options: OracleOptions = {},
): Promise<ReadonlyMap<string, OracleVerdict>> {
  const oracle = spawn(oracleScript, [capturePath, ...commandLine(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A child that ends early closes its input: its exit status says more than our EPIPE.
  oracle.stdin.on('error', () => {});
  oracle.stdin.end(filters.map(inputLine).join(''));
  const [output, status] = await Promise.all([text(oracle.stdout), exitStatus(oracle)]);
  if (status !== 0) throw new Error(`the oracle exited with status ${status}`);
  return new Map(output.split('\n').filter(Boolean).flatMap(parseLine));
}

function commandLine(options: OracleOptions): readonly string[] {
  const { linkType, truncate, optimise, secondsPerFilter } = options;
  return [
    ...(linkType === undefined ? [] : ['--link-type', String(linkType)]),
    ...(truncate === undefined ? [] : ['--truncate', String(truncate)]),
    ...(optimise ? ['--optimise'] : []),
    ...(secondsPerFilter === undefined ? [] : ['--seconds', String(secondsPerFilter)]),
  ];
}

async function exitStatus(child: ChildProcess): Promise<number | null> {
  const [status] = await once(child, 'close');
  return status;
}

function inputLine({ id, expression }: OracleFilter): string {
  if (/[\t\n]/.test(id)) throw new Error(`tab or line break in the filter's id: ${id}`);
  return `${id}\t${toLine(expression)}\n`;
}

/** The expression without line breaks: to libpcap's lexer all white space is the same. */
export function toLine(expression: string): string {
  return expression.replaceAll('\n', ' ');
}

function parseLine(line: string): readonly (readonly [string, OracleVerdict])[] {
  const [id = '', status, detail = '', bits = ''] = line.split('\t');
  if (status === 'OK') return [[id, { accepted: true, bits }]];
  if (status === 'ERR') return [[id, { accepted: false, message: detail }]];
  console.error(`oracle: no verdict of filter ${id}: ${detail}`);
  return [];
}
