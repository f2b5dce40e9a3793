import { mistake, type Outcome, readCapture, success } from '../../compiler/for-runtime.js';
import type { MatchPacket } from '../match/layout.js';
import { createMatcher } from '../match/match.js';
import { readNamedFile } from './files.js';
import { exitStatus, reportMistakes } from './report.js';

/** The command line of `netcap match`. */
export interface MatchArguments {
  readonly objects: string;
  readonly read: string;
  readonly truncate: number | undefined;
  readonly link: string | undefined;
  readonly segments: number;
  readonly vlanMetadata: boolean;
  readonly reader: 'best' | 'window';
  readonly argument: 'number' | 'typed';
}

/** A line `id<TAB>path` of the list of objects. */
interface NamedObject {
  readonly id: string;
  readonly path: string;
}

/**
 * `netcap match`: for each object a line `id<TAB>OK<TAB>matched<TAB>bits` with a 0 or 1 for every packet, or
 * `id<TAB>ERR<TAB>code<TAB>message`. Throws BpfError.
 */
export async function match(args: MatchArguments): Promise<number> {
  const numbers = checkNumbers(args);
  if (!numbers.ok) return reportMistakes(numbers.mistakes);
  const objects = await readObjects(args.objects);
  if (!objects.ok) return reportMistakes(objects.mistakes);
  const packets = await readPackets(args);
  if (!packets.ok) return reportMistakes(packets.mistakes);
  const matcher = createMatcher(packets.value, {
    segments: args.segments,
    isVlanInMetadata: args.vlanMetadata,
    isWindowForced: args.reader === 'window',
    isTyped: args.argument === 'typed',
  });
  try {
    for (const { id, path } of objects.value) {
      const bytes = await readNamedFile(path);
      const verdicts = bytes.ok ? matcher.match(bytes.value, path) : bytes;
      process.stdout.write(`${[id, ...formatVerdicts(verdicts)].join('\t')}\n`);
    }
    return exitStatus.ok;
  } finally {
    matcher.close();
  }
}

/** The fields of a line after the id. */
export function formatVerdicts(verdicts: Outcome<readonly boolean[]>): readonly string[] {
  if (!verdicts.ok) {
    const [first] = verdicts.mistakes;
    return ['ERR', first?.code ?? '', (first?.message ?? '').replace(/\s+/g, ' ')];
  }
  const bits = verdicts.value.map((matches) => (matches ? '1' : '0')).join('');
  return ['OK', String(verdicts.value.filter(Boolean).length), bits];
}

async function readObjects(path: string): Promise<Outcome<readonly NamedObject[]>> {
  const bytes = await readNamedFile(path, true);
  if (!bytes.ok) return bytes;
  const objects: NamedObject[] = [];
  for (const [index, line] of new TextDecoder().decode(bytes.value).split('\n').entries()) {
    if (line === '') continue;
    const tab = line.indexOf('\t');
    if (tab < 0) {
      return mistake('objects-malformed', `line ${index + 1} of ${path} has no tab`, {
        help: 'a line is id<TAB>path',
      });
    }
    objects.push({ id: line.slice(0, tab), path: line.slice(tab + 1) });
  }
  return success(objects);
}

/** LINKTYPE_ numbers, and the DLT_ numbers that some systems write for raw IP. */
const linkNumbers: Readonly<Record<number, MatchPacket['link']>> = {
  1: 'ethernet',
  12: 'network',
  14: 'network',
  101: 'network',
};
const linkNames: Readonly<Record<string, MatchPacket['link']>> = {
  EN10MB: 'ethernet',
  RAW: 'network',
};

async function readPackets(args: MatchArguments): Promise<Outcome<readonly MatchPacket[]>> {
  const bytes = await readNamedFile(args.read);
  if (!bytes.ok) return bytes;
  const capture = readCapture(bytes.value);
  if (!capture.ok) return capture;
  const number = capture.value.link;
  const link = args.link === undefined ? linkNumbers[number] : linkNames[args.link.toUpperCase()];
  if (link === undefined) {
    return mistake('link-not-supported', `link type ${args.link ?? number} is not supported`, {
      help: `link types are ${Object.keys(linkNames).join(' and ')}`,
    });
  }
  return success(
    capture.value.packets.map((packet) => ({
      bytes: packet.bytes.subarray(0, args.truncate),
      length: packet.length,
      link,
    })),
  );
}

function checkNumbers({ truncate, segments }: MatchArguments): Outcome<void> {
  if (truncate !== undefined && !(Number.isInteger(truncate) && truncate >= 0)) {
    return mistake('usage', '--truncate takes a number of bytes');
  }
  if (!(Number.isInteger(segments) && segments >= 1 && segments <= 4)) {
    return mistake('usage', '--segments takes a number, 1 to 4');
  }
  return success(undefined);
}
