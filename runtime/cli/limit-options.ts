import { Option } from 'commander';
import { parseNumber } from '../../compiler/cli/command-line.js';
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { type Limits, mostCount, mostRate } from '../bpf/limits.js';
import { isWhole } from './whole.js';

/** The options of captures that are about how many packets; the programs in the kernel heed them. */
export const limitOptions: readonly Option[] = [
  new Option('-c, --count <packets>', 'end after so many packets').argParser(parseNumber),
  new Option(
    '--max-rate <packets>',
    'copy so many packets a second at most; the others are counted',
  ).argParser(parseNumber),
  new Option('--sample <1/N>', 'copy one of N packets, by chance; the others are counted'),
];

/** What the options were given. */
export interface LimitArguments {
  readonly count: number | undefined;
  readonly maxRate: number | undefined;
  readonly sample: string | undefined;
}

/** Whether the options make sense. */
export function checkLimits({ count, maxRate, sample }: LimitArguments): Outcome<Limits> {
  if (count !== undefined && !isWhole(count, mostCount)) {
    return mistake('usage', `--count takes a number of packets, 1 or more, up to ${mostCount}`);
  }
  if (maxRate !== undefined && !isWhole(maxRate, mostRate)) {
    return mistake('usage', `--max-rate takes packets per second, 1 to ${mostRate}`);
  }
  const [, oneOf] = /^1\/(\d+)$/.exec(sample ?? '1/1') ?? [];
  if (!isWhole(Number(oneOf), mostCount)) {
    return mistake('usage', `--sample takes 1/N, with N from 1 to ${mostCount}`, {
      help: 'for one packet of a hundred, 1/100',
    });
  }
  return success({
    ...(count === undefined ? {} : { count }),
    ...(maxRate === undefined ? {} : { maxRate }),
    ...(sample === undefined ? {} : { sample: Number(oneOf) }),
  });
}
