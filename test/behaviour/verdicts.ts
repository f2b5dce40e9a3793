import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type CorpusFilter, differingInOlderLibpcap } from '../corpus/corpus.js';
import { type OracleVerdict, oracleVerdicts, oracleVersion } from '../oracle/oracle.js';
import { hex } from '../packets/bytes.js';
import { captureFile, linkTypes } from '../packets/capture.js';
import type { Packet } from '../packets/packet.js';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Why programs cannot be run in this machine's kernel, if they cannot. */
export const noKernel: string | undefined =
  process.getuid?.() === 0 ? undefined : 'running eBPF programs takes root';

/** Packets and filters in files, and what libpcap says of them. */
export interface Judged {
  readonly packets: readonly Packet[];
  readonly filters: readonly CorpusFilter[];
  readonly capturePath: string;
  readonly filtersPath: string;
  readonly reference: ReadonlyMap<string, OracleVerdict>;
}

/**
 * Ask libpcap about every filter on every packet, then hand its answers to `use`. Where only libpcap 1.10 is to be
 * had, filters that it judges differently are left out, all of them over NULL, and that is printed.
 */
export async function withReference(
  packets: readonly Packet[],
  linkType: number,
  filters: readonly CorpusFilter[],
  use: (judged: Judged) => Promise<void>,
): Promise<void> {
  const comparable = await comparableFilters(filters, linkType);
  const folder = await mkdtemp(join(tmpdir(), 'netcap-verdicts-'));
  try {
    const capturePath = join(folder, 'packets.pcap');
    const filtersPath = join(folder, 'filters.tsv');
    const lines = comparable.map(({ id, expression }) => `${id}\t${expression}\n`);
    await writeFile(capturePath, captureFile(packets, linkType));
    await writeFile(filtersPath, lines.join(''));
    const reference = await oracleVerdicts(comparable, capturePath);
    await use({ packets, filters: comparable, capturePath, filtersPath, reference });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function comparableFilters(
  filters: readonly CorpusFilter[],
  linkType: number,
): Promise<readonly CorpusFilter[]> {
  const version = await oracleVersion();
  if (!version.startsWith('1.10.')) return filters;
  const differing = differingInOlderLibpcap();
  const comparable =
    linkType === linkTypes.null ? [] : filters.filter(({ id }) => !differing.has(id));
  const omitted = filters.length - comparable.length;
  console.log(`reference is libpcap ${version}: ${omitted} filters left out`);
  return comparable;
}

/** Our verdict of one filter: a `0` or `1` for each packet, or the code of the mistake in it. */
export type OurVerdict =
  | { readonly accepted: true; readonly bits: string }
  | { readonly accepted: false; readonly code: string; readonly message: string };

/** Run `netcapc match` with these further arguments over the same packets and filters. */
export function ourVerdicts(
  { capturePath, filtersPath }: Judged,
  options: readonly string[],
): Promise<ReadonlyMap<string, OurVerdict>> {
  const files = ['--filters', filtersPath, '-r', capturePath];
  return runMatch('compiler/cli/netcapc.ts', [...files, '--bits', ...options]);
}

/** Run the `match` command of one of our programs, which prints a line of verdicts for each filter. */
export async function runMatch(
  program: string,
  options: readonly string[],
): Promise<ReadonlyMap<string, OurVerdict>> {
  const command = ['--import', 'tsx', program, 'match', ...options];
  const child = spawn(process.execPath, command, {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (status !== 0) throw new Error(`${program} ${options.join(' ')}: exit status ${status}`);
  return new Map(output.split('\n').filter(Boolean).map(parseLine));
}

function parseLine(line: string): readonly [string, OurVerdict] {
  const [id = '', status, detail = '', rest = ''] = line.split('\t');
  if (status === 'OK') return [id, { accepted: true, bits: rest }];
  return [id, { accepted: false, code: detail, message: rest }];
}

/** How many filters that differ are described in full. */
const describedFilters = 40;

/** Each engine that runs without a kernel, after all passes and without any. */
export const enginesAndPasses: readonly (readonly string[])[] = ['ir', 'c'].flatMap((engine) => [
  ['--engine', engine],
  ['--engine', engine, '--no-optimize'],
]);

/** Compare ours with the reference; throws with a short description of every filter that differs. */
export function assertSameVerdicts(judged: Judged, ours: ReadonlyMap<string, OurVerdict>): void {
  const differences = judged.filters.flatMap((filter) => {
    const reference = judged.reference.get(filter.id);
    if (reference === undefined) return [`${filter.id}: libpcap gave no verdict`];
    return describeDifference(filter, judged.packets, ours.get(filter.id), reference);
  });
  if (differences.length === 0) return;
  const shown = differences.slice(0, describedFilters).join('\n');
  throw new Error(`${differences.length} filters differ from libpcap\n${shown}`);
}

function describeDifference(
  filter: CorpusFilter,
  packets: readonly Packet[],
  ours: OurVerdict | undefined,
  reference: OracleVerdict,
): readonly string[] {
  const name = `${filter.id} '${filter.expression}'`;
  if (ours === undefined) return [`${name}: no verdict of ours`];
  if (!ours.accepted)
    return reference.accepted ? [`${name}: refused by us: ${ours.code}: ${ours.message}`] : [];
  if (!reference.accepted) return [`${name}: accepted by us, libpcap says: ${reference.message}`];
  if (ours.bits === reference.bits) return [];
  if (ours.bits.length !== reference.bits.length)
    return [`${name}: ${ours.bits.length} verdicts of ours, ${reference.bits.length} of libpcap's`];

  const differing = packets
    .map((packet, number) => ({ packet, number }))
    .filter(({ number }) => ours.bits[number] !== reference.bits[number]);
  const [shortest] = differing.toSorted(
    (left, right) => left.packet.bytes.length - right.packet.bytes.length,
  );
  if (shortest === undefined) return [];
  const { packet, number } = shortest;
  return [
    `${name}: ${differing.length} of ${packets.length} packets, the shortest is number ${number}: ${packet.note}\n` +
      `  ours ${ours.bits[number]}, libpcap ${reference.bits[number]}; wire length ${packet.wireLength}, bytes '${hex(packet.bytes)}'`,
  ];
}
