/**
 * npm run fuzz -- --seconds N --seed S: random filters over packets made for them, ours against libpcap. README.md has
 * the rest.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import { type FuzzOptions, fuzz, judgeOne, type OneOptions } from './fuzz.js';
import { findLink, links } from './links.js';

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('It is not a whole number.');
  return value;
};
const link = (name: string): string => {
  if (findLink(name) === undefined)
    throw new InvalidArgumentError(`Link types are ${links.map((one) => one.name).join(' ')}.`);
  return name.toUpperCase();
};

const program = new Command('fuzz')
  .description('Compare random filters and packets with libpcap.')
  .option('--seconds <n>', 'start no more batches after so long (default: 60)', number)
  .option('--filters <n>', 'judge so many filters, however long it takes', number)
  .option('--seed <s>', 'the same seed gives the same filters and packets', number, 1)
  .option('--packets <n>', 'packets for each filter', number, 70)
  .option('--link <type>', 'one link type instead of all', link)
  .addOption(
    new Option('--engine <engine>', 'interpret the IR, run the C, or both')
      .choices(['ir', 'c', 'both'])
      .default('both'),
  )
  .option('--show <n>', 'describe so many differences, made as small as they get', number, 10)
  .option('--filter <text>', 'judge this filter alone, with --link and --packet')
  .option('--packet <hex>', 'with --filter: the captured bytes')
  .option('--wire-length <n>', 'with --packet: its length on the wire, if it is not whole', number)
  .option('--netmask <n>', 'with --filter: for ip broadcast', number)
  .showHelpAfterError();

program.parse();
const options = program.opts<FuzzOptions & Partial<OneOptions>>();
const { filter } = options;
const findings =
  filter === undefined ? (await fuzz(options)).findings : await judgeOne({ ...options, filter });
process.exitCode = findings.length === 0 ? 0 : 1;
