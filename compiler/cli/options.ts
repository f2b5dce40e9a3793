import { Option } from 'commander';
import { parseNumber } from './command-line.js';
import { expressionOption, nameOptions, reportOptions } from './filter-options.js';
import { linkNames } from './link.js';

/** What is compiled for, and how. */
const targetOptions = [
  new Option('--target <target>', 'what carries the packet')
    .choices(['skb', 'sock', 'mbuf'])
    .default('skb'),
  new Option('--optimize', 'run all passes').default(true),
  new Option('--no-optimize', 'run only the passes that are needed'),
] as const;

/** `netcapc compile`. */
export const compileOptions: readonly Option[] = [
  expressionOption,
  ...targetOptions,
  ...nameOptions,
  ...reportOptions,
  new Option('-o, --output <file>', 'file to write; - is standard output (default for text)'),
  new Option('--emit <what>', 'what to write').choices(['obj', 'c', 'ir', 'ast']).default('obj'),
  new Option(
    '--dump-after <pass>',
    'print the IR after this pass to standard error; all: after every pass',
  ),
];

/** `netcapc check`. */
export const checkOptions: readonly Option[] = [expressionOption, ...nameOptions, ...reportOptions];

/** `netcapc explain`. */
export const explainOptions: readonly Option[] = [
  expressionOption,
  ...nameOptions,
  ...reportOptions,
  new Option('--link <type>', `how packets start: ${linkNames} (default: as those of the kernel)`),
  new Option('--format <format>', 'how the explanation is printed')
    .choices(['text', 'json'])
    .default('text'),
];

/** `netcapc inspect`. */
export const inspectOptions: readonly Option[] = [
  new Option(
    '--verify',
    "load its programs here and tell what each cost the kernel's verifier (root)",
  ).default(false),
];

/** `netcapc match`. */
export const matchOptions: readonly Option[] = [
  expressionOption,
  ...targetOptions,
  ...nameOptions,
  ...reportOptions,
  new Option('--filters <file>', 'file of lines id<TAB>expression; - is standard input'),
  new Option('-r, --read <file>', 'capture file, pcap or pcapng').makeOptionMandatory(),
  new Option('-w, --write <file>', 'with -e: write the matching packets to this file'),
  new Option(
    '--engine <engine>',
    'interpret the IR, run the C here, or run the object in the kernel (root)',
  )
    .choices(['ir', 'c', 'bpf'])
    .default('ir'),
  new Option('--link <type>', `how packets start: ${linkNames} (default: the capture's)`),
  new Option(
    '--truncate <bytes>',
    'cut the captured bytes of every packet, not its wire length',
  ).argParser(parseNumber),
  new Option('--segments <count>', 'engine bpf, target mbuf: spread each packet over so many mbufs')
    .argParser(parseNumber)
    .default(1),
  new Option('--bits', 'print a 0 or 1 for every packet').default(false),
];
