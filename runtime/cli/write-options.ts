import { Option } from 'commander';
import { parseNumber } from '../../compiler/cli/command-line.js';
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { type CaptureFormatName, captureFormats, formatOfName } from '../pcap/choose-format.js';
import type { RotationOptions } from '../pcap/rotation.js';

/** The options of `netcap run` that are about files; letters as in tcpdump. */
export const writeOptions: readonly Option[] = [
  new Option('-w, --write <file>', 'write a capture file instead of text; - is standard output'),
  new Option('--file-format <format>', 'its format (default: pcap for .pcap, else pcapng)').choices(
    captureFormats,
  ),
  new Option(
    '-C, --file-size <size>',
    'go on in another file after so many million bytes; with k, m or g: KiB, MiB, GiB',
  ),
  new Option(
    '-G, --rotate-seconds <seconds>',
    'go on in another file after so long; the name goes through strftime',
  ).argParser(parseNumber),
  new Option(
    '-W, --file-count <files>',
    'with -C: write so many files in turn; with -G: end after so many',
  ).argParser(parseNumber),
  new Option(
    '--write-file-rotate <packets>',
    'keep so many last packets, write them at the end',
  ).argParser(parseNumber),
  new Option(
    '--stats <seconds>',
    'every so often say what was counted so far, and write it to pcapng',
  ).argParser(parseNumber),
  new Option('-Z, --relinquish-privileges <user>', 'become this user before anything is written'),
];

/** What the options were given. */
export interface WriteArguments {
  readonly write: string | undefined;
  readonly fileFormat: CaptureFormatName | undefined;
  readonly fileSize: string | undefined;
  readonly rotateSeconds: number | undefined;
  readonly fileCount: number | undefined;
  readonly writeFileRotate: number | undefined;
  readonly stats: number | undefined;
  readonly relinquishPrivileges: string | undefined;
}

/** What the options mean. */
export interface WritePlan {
  /** Undefined: text. */
  readonly path: string | undefined;
  readonly format: CaptureFormatName;
  readonly rotation: RotationOptions;
  /** Keep so many packets until the end. */
  readonly lastPackets: number | undefined;
  readonly statisticsSeconds: number | undefined;
  readonly user: string | undefined;
}

/** Whether the options make sense, and together. */
export function checkWrite(args: WriteArguments): Outcome<WritePlan> {
  const { write: path, fileSize, rotateSeconds, fileCount, writeFileRotate, stats } = args;
  const wrong = wrongTogether(args) ?? wrongNumber(args);
  if (wrong !== undefined) return mistake('usage', wrong);
  const sizeBytes = fileSize === undefined ? undefined : parseSize(fileSize);
  if (fileSize !== undefined && sizeBytes === undefined) {
    return mistake('usage', '--file-size takes a number of million bytes, or one with k, m or g');
  }
  const format = args.fileFormat ?? formatOfName(path ?? '');
  return success({
    path,
    format,
    rotation: {
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
      ...(rotateSeconds === undefined ? {} : { seconds: rotateSeconds }),
      ...(fileCount === undefined ? {} : { files: fileCount }),
    },
    lastPackets: writeFileRotate,
    statisticsSeconds: stats,
    user: args.relinquishPrivileges,
  });
}

function wrongTogether(args: WriteArguments): string | undefined {
  const isRotating = args.fileSize !== undefined || args.rotateSeconds !== undefined;
  const options = [
    ['--file-format', args.fileFormat],
    ['--file-size', args.fileSize],
    ['--rotate-seconds', args.rotateSeconds],
    ['--file-count', args.fileCount],
    ['--write-file-rotate', args.writeFileRotate],
  ] as const;
  const [alone] = options.find(([, value]) => value !== undefined) ?? [];
  if (args.write === undefined && alone !== undefined) return `${alone} is for --write`;
  if (args.write === '') return '--write takes the name of a file';
  if (args.fileCount !== undefined && !isRotating) {
    return '--file-count is for --file-size and --rotate-seconds';
  }
  if (isRotating && args.write === '-') return 'standard output is one file, and cannot be rotated';
  if (isRotating && args.writeFileRotate !== undefined) {
    return '--write-file-rotate keeps packets until the end, and then writes one file';
  }
  return undefined;
}

function wrongNumber(args: WriteArguments): string | undefined {
  const numbers = [
    ['--rotate-seconds', 'seconds', args.rotateSeconds],
    ['--file-count', 'files', args.fileCount],
    ['--write-file-rotate', 'packets', args.writeFileRotate],
    ['--stats', 'seconds', args.stats],
  ] as const;
  const wrong = numbers.find(
    ([, , value]) => value !== undefined && !(Number.isSafeInteger(value) && value >= 1),
  );
  return wrong && `${wrong[0]} takes a number of ${wrong[1]}, 1 or more`;
}

const sizeUnits: Readonly<Record<string, number>> = {
  '': 1_000_000,
  k: 1 << 10,
  m: 1 << 20,
  g: 1 << 30,
};

/** Bytes of a size as tcpdump takes it: millions by themselves; the letters are of its later versions. */
function parseSize(text: string): number | undefined {
  const [, digits = '', suffix = ''] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
  const bytes = Number(digits) * (sizeUnits[suffix.toLowerCase()] ?? 0);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}
