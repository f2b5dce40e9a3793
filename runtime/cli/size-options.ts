import { Option } from 'commander';
import { parseNumber } from '../../compiler/cli/command-line.js';
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { mostSnaplenBytes } from '../bpf/limits.js';
import { mostRings } from '../bpf/rings.js';
import { isWhole } from './whole.js';

/** The options of captures that are about room for packets; letters as in tcpdump. */
export const sizeOptions: readonly Option[] = [
  new Option('-s, --snaplen <bytes>', 'bytes of each packet to keep')
    .argParser(parseNumber)
    .default(mostSnaplenBytes),
  new Option(
    '-B, --buffer-size <KiB>',
    'room for packets that wait in the kernel, up to a power of two (default: 16384)',
  ).argParser(parseNumber),
  new Option(
    '--rings <count>',
    'so many times that room, shared among the CPUs (default: one for eight CPUs)',
  ).argParser(parseNumber),
];

/** What the options were given. */
export interface SizeArguments {
  readonly snaplen: number;
  readonly bufferSize: number | undefined;
  readonly rings: number | undefined;
}

/** What the options mean, as `CaptureOptions` has it. */
export interface Sizes {
  readonly snaplenBytes: number;
  readonly ringBytes?: number;
  readonly rings?: number;
}

const mostBufferKibibytes = 1 << 20;

/** The largest page that a machine may have. */
const leastRingBytes = 1 << 16;

/** Whether the options make sense. A ring is a power of two, and whole pages: the next that has so much room. */
export function checkSizes({ snaplen, bufferSize, rings }: SizeArguments): Outcome<Sizes> {
  if (!isWhole(snaplen, mostSnaplenBytes)) {
    return mistake('usage', `--snaplen takes a number of bytes, 1 to ${mostSnaplenBytes}`);
  }
  if (rings !== undefined && !isWhole(rings, mostRings)) {
    return mistake('usage', `--rings takes a number of rings, 1 to ${mostRings}`);
  }
  if (bufferSize !== undefined && !isWhole(bufferSize, mostBufferKibibytes)) {
    return mistake('usage', `--buffer-size takes a number of KiB, 1 to ${mostBufferKibibytes}`);
  }
  return success({
    snaplenBytes: snaplen,
    ...(rings === undefined ? {} : { rings }),
    ...(bufferSize === undefined ? {} : { ringBytes: ringBytesFor(bufferSize) }),
  });
}

function ringBytesFor(kibibytes: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(kibibytes * 1024, leastRingBytes)));
}
