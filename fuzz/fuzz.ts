import { type OracleStream, openOracle } from '../test/oracle/stream.js';
import { makeCase } from './case.js';
import type { Finding, Tally } from './finding.js';
import { findLink, links } from './links.js';
import type { Subject } from './ours.js';
import { batches, judgeInWorkers, type NumberedFinding, type Outcome } from './pool.js';
import { minimise, reproduce } from './reproduce.js';
import type { Suspect } from './shrink.js';

export interface FuzzOptions {
  /** Without a number of filters, 60. */
  readonly seconds?: number | undefined;
  /** How many, however long it takes. */
  readonly filters?: number | undefined;
  readonly seed: number;
  readonly packets: number;
  readonly link?: string | undefined;
  readonly engine: 'ir' | 'c' | 'both';
  readonly show: number;
}

/** One filter, and one packet of it. */
export interface OneOptions {
  readonly filter: string;
  readonly link?: string | undefined;
  readonly packet?: string | undefined;
  readonly wireLength?: number | undefined;
  readonly netmask?: number | undefined;
}

/** Judge random filters; prints the differences, made small, and what all came to. */
export async function fuzz(options: FuzzOptions): Promise<Outcome> {
  const begin = performance.now();
  const { seconds: most = options.filters === undefined ? 60 : Infinity } = options;
  const outcome = await judgeInWorkers(batches(most, options.filters ?? Infinity), {
    seed: options.seed,
    linkName: options.link,
    engines: options.engine,
    packetsPerFilter: options.packets,
  });
  const seconds = (performance.now() - begin) / 1000;
  const differing = new Set(outcome.findings.map(({ number }) => number)).size;
  await describeFindings(outcome, options);
  console.log(summarise(outcome.tally, seconds, differing));
  return outcome;
}

/** Judge one filter on one packet with all engines, and print what is wrong. */
export async function judgeOne(options: OneOptions): Promise<readonly Finding[]> {
  const oracle = openOracle();
  const bytes = Uint8Array.from(Buffer.from(options.packet ?? '', 'hex'));
  const packet =
    options.packet === undefined
      ? undefined
      : { bytes, wireLength: options.wireLength ?? bytes.length };
  const link = findLink(options.link ?? '') ?? links[0];
  const findings = await reproduce(
    oracle,
    { text: options.filter, link, netmask: options.netmask },
    packet,
    true,
  );
  await oracle.close();
  for (const { kind, engine, detail } of findings) console.log(`${kind} (${engine}): ${detail}`);
  console.log(`${findings.length} differences`);
  return findings;
}

function summarise(tally: Tally, seconds: number, differing: number): string {
  const perSecond = (count: number) => Math.round(count / seconds);
  return [
    `${tally.filters} filters (${perSecond(tally.filters)}/s), ${tally.pairs} pairs (${perSecond(tally.pairs)}/s) in ${seconds.toFixed(0)} s`,
    `${tally.rejected} texts refused by libpcap`,
    `${tally.silent} filters without a verdict of libpcap`,
    `${tally.unsupported} filters that we do not support yet`,
    ...Object.entries(tally.leftOut).map(([name, count]) => `left out: ${count} ${name}`),
    `${differing} filters differ`,
  ].join('\n');
}

/** The shortest texts first, each once, however many cases come down to it. */
async function describeFindings({ findings }: Outcome, options: FuzzOptions): Promise<void> {
  if (findings.length === 0) return;
  const oracle = openOracle();
  const described = new Set<string>();
  for (const { number, finding } of shortestOfEach(findings, options)) {
    if (described.size >= options.show) break;
    const subject = makeCase(seriesOf(options), number);
    const text = await describeOne(oracle, subject, number, finding);
    if (described.has(text.key)) continue;
    described.add(text.key);
    console.log(`${text.lines}\n`);
  }
  await oracle.close();
}

async function describeOne(
  oracle: OracleStream,
  subject: Subject,
  number: number,
  finding: Finding,
) {
  const minimal = await minimise(oracle, subject, finding);
  const { kind, engine, detail } = minimal.finding;
  const lines = [
    `${kind} (${engine}) of case ${number}, ${subject.link.name}: ${detail}`,
    `  filter: ${minimal.suspect.text}`,
    ...(minimal.suspect.packet === undefined ? [] : [`  packet: ${hexOf(minimal.suspect)}`]),
    `  ${command(subject, minimal.suspect)}`,
  ];
  return { key: `${kind} ${minimal.suspect.text}`, lines: lines.join('\n') };
}

/** How to ask again. */
function command({ link, netmask }: Subject, suspect: Suspect): string {
  const { text, packet } = suspect;
  return [
    `npm run fuzz -- --link ${link.name} --filter '${text.replaceAll("'", "'\\''")}'`,
    ...(netmask === undefined || !text.includes('broadcast') ? [] : [`--netmask ${netmask}`]),
    ...(packet === undefined ? [] : [`--packet '${hexOf(suspect)}'`]),
    ...(packet === undefined || packet.wireLength === packet.bytes.length
      ? []
      : [`--wire-length ${packet.wireLength}`]),
  ].join(' ');
}

function hexOf({ packet }: Suspect): string {
  return Buffer.from(packet?.bytes ?? []).toString('hex');
}

/** One finding for each case, the shortest filters first: they take the least to make small. */
function shortestOfEach(
  findings: readonly NumberedFinding[],
  options: FuzzOptions,
): readonly NumberedFinding[] {
  const first = new Map<number, NumberedFinding>();
  for (const one of findings) if (!first.has(one.number)) first.set(one.number, one);
  const lengthOf = ({ number }: NumberedFinding) => makeCase(seriesOf(options), number).text.length;
  return [...first.values()]
    .map((one) => ({ one, length: lengthOf(one) }))
    .sort((left, right) => left.length - right.length)
    .map(({ one }) => one);
}

function seriesOf({ seed, link }: FuzzOptions) {
  return { seed, link: link === undefined ? undefined : findLink(link) };
}
