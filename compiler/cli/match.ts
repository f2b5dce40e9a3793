import { writeFile } from 'node:fs/promises';
import type { Capture } from '../capture/capture.js';
import { readCapture } from '../capture/read-capture.js';
import { check } from '../compile.js';
import { mistake, type Outcome, success } from '../diagnostics/outcome.js';
import { bpfEngine } from '../match/engine-bpf.js';
import { cEngine } from '../match/engine-c.js';
import { irEngine } from '../match/engine-ir.js';
import type { MatchOptions, NamedFilter, Verdicts } from '../match/match.js';
import type { TargetName } from '../target/target.js';
import { exitStatus } from './exit-status.js';
import { linkOf } from './link.js';
import { type ReportOptions, reportDiagnostics, reportMistakes } from './report.js';
import { fileMistake, readBytes, readTextFile } from './source.js';
import { systemResolver } from './system-names.js';

export interface MatchArguments extends ReportOptions {
  readonly expression?: string | undefined;
  readonly filters?: string | undefined;
  readonly read: string;
  readonly write?: string | undefined;
  readonly engine: 'ir' | 'c' | 'bpf';
  readonly link?: string | undefined;
  readonly truncate?: number | undefined;
  readonly segments: number;
  readonly bits: boolean;
  readonly target: TargetName;
  readonly optimize: boolean;
  readonly resolve: boolean;
  readonly netmask?: number | undefined;
}

const engines = { ir: irEngine, c: cEngine, bpf: bpfEngine } as const;

/** `netcapc match`. */
export async function runMatch(args: MatchArguments): Promise<number> {
  const filters = await readFilters(args);
  if (!filters.ok) return reportMistakes(filters.mistakes);
  const capture = await openCapture(args);
  if (!capture.ok) return reportMistakes(capture.mistakes);
  const link = linkOf(args.link, capture.value.link);
  if (!link.ok) return reportMistakes(link.mistakes);

  const expressions = filters.value.map(({ expression }) => expression);
  const resolver = await systemResolver(expressions, args);
  if (!resolver.ok) return reportMistakes(resolver.mistakes);
  const options: MatchOptions = {
    target: args.target,
    link: link.value,
    resolver: resolver.value,
    netmask: args.netmask,
    optimise: args.optimize,
    segments: args.segments,
  };

  if (args.expression !== undefined) {
    const { diagnostics } = check(args.expression, options);
    const source = { name: '<filter>', text: args.expression };
    const status = reportDiagnostics(source, diagnostics, args);
    if (status !== exitStatus.ok) return status;
  }
  const verdicts = await engines[args.engine](filters.value, capture.value, options);
  if (!verdicts.ok) return reportMistakes(verdicts.mistakes);
  if (args.expression === undefined) {
    process.stdout.write(verdicts.value.map((one) => printVerdicts(one, args.bits)).join(''));
    return exitStatus.ok;
  }
  return printMatches(verdicts.value, capture.value, args);
}

async function readFilters(args: MatchArguments): Promise<Outcome<readonly NamedFilter[]>> {
  if ((args.expression === undefined) === (args.filters === undefined))
    return mistake('usage', 'give either -e EXPRESSION or --filters FILE');
  if (args.write !== undefined && args.expression === undefined)
    return mistake('usage', '-w writes the packets of one filter: give it with -e');
  if (args.expression !== undefined) return success([{ id: '', expression: args.expression }]);
  const text = await readTextFile(args.filters ?? '-');
  if (!text.ok) return text;
  const filters: NamedFilter[] = [];
  for (const [index, line] of text.value.split('\n').entries()) {
    if (line === '') continue;
    const tab = line.indexOf('\t');
    if (tab < 0)
      return mistake('filters-malformed', `line ${index + 1} of ${args.filters} has no tab`, {
        help: 'a line is id<TAB>expression',
      });
    filters.push({ id: line.slice(0, tab), expression: line.slice(tab + 1) });
  }
  return success(filters);
}

async function openCapture(args: MatchArguments): Promise<Outcome<Capture>> {
  const { truncate } = args;
  if (truncate !== undefined && !(Number.isInteger(truncate) && truncate >= 0))
    return mistake('usage', '--truncate takes a number of bytes');
  const bytes = await readBytes(args.read);
  if (!bytes.ok) return bytes;
  const capture = readCapture(bytes.value);
  if (!capture.ok) return capture;
  if (truncate === undefined) return capture;
  const packets = capture.value.packets.map((packet) => ({
    ...packet,
    bytes: packet.bytes.subarray(0, truncate),
  }));
  return success({ ...capture.value, packets });
}

function printVerdicts(verdicts: Verdicts, bits: boolean): string {
  if (!verdicts.ok)
    return `${[verdicts.id, 'ERR', verdicts.mistake.code, verdicts.mistake.message].join('\t')}\n`;
  const matched = verdicts.matches.filter((matches) => matches).length;
  const fields = [verdicts.id, 'OK', `${matched}`];
  if (bits) fields.push(verdicts.matches.map((matches) => (matches ? '1' : '0')).join(''));
  return `${fields.join('\t')}\n`;
}

/** Packet numbers count from 1, as in `tcpdump --number`. */
async function printMatches(
  verdicts: readonly Verdicts[],
  capture: Capture,
  args: MatchArguments,
): Promise<number> {
  const [only] = verdicts;
  if (only?.ok !== true) return reportMistakes(only === undefined ? [] : [only.mistake]);
  const numbers = only.matches.flatMap((matches, index) => (matches ? [index] : []));
  process.stdout.write(numbers.map((number) => `${number + 1}\n`).join(''));
  if (args.write === undefined) return exitStatus.ok;
  const records = numbers.map((number) => capture.packets[number]?.record ?? new Uint8Array());
  try {
    await writeFile(args.write, Buffer.concat([capture.preamble, ...records]));
    return exitStatus.ok;
  } catch (error) {
    const failed = fileMistake('write', args.write, error);
    return failed.ok ? exitStatus.ok : reportMistakes(failed.mistakes);
  }
}
