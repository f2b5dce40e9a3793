import { Option } from 'commander';
import { parseNumber } from '../../compiler/cli/command-line.js';
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { mostSnaplenBytes } from '../bpf/limits.js';
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
];

/** What the options were given. */
export interface SizeArguments {
  readonly snaplen: number;
  readonly bufferSize: number | undefined;
}

/** What the options mean, as `CaptureOptions` has it. */
export interface Sizes {
  readonly snaplenBytes: number;
  readonly ringBytes?: number;
}

const mostBufferKibibytes = 1 << 20;

/** The largest page that a machine may have. */
const leastRingBytes = 1 << 16;

/** Whether the options make sense. A ring is a power of two, and whole pages: the next that has so much room. */
export function checkSizes({ snaplen, bufferSize }: SizeArguments): Outcome<Sizes> {
  if (!isWhole(snaplen, mostSnaplenBytes)) {
    return mistake('usage', `--snaplen takes a number of bytes, 1 to ${mostSnaplenBytes}`);
  }
  if (bufferSize === undefined) return success({ snaplenBytes: snaplen });
  if (!isWhole(bufferSize, mostBufferKibibytes)) {
    return mistake('usage', `--buffer-size takes a number of KiB, 1 to ${mostBufferKibibytes}`);
  }
  const bytes = Math.max(bufferSize * 1024, leastRingBytes);
  return success({ snaplenBytes: snaplen, ringBytes: 2 ** Math.ceil(Math.log2(bytes)) });
}
