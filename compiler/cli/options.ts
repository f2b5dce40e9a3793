import { Option } from 'commander';
import { parseNumber } from './command-line.js';

const expression = new Option('-e, --expression <filter>', 'the filter itself, instead of a file');
const diagnostics = new Option(
  '--diagnostics <format>',
  'how mistakes are printed on standard error',
)
  .choices(['text', 'json'])
  .default('text');

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
  expression,
  ...targetOptions,
  diagnostics,
  new Option('-o, --output <file>', 'file to write; - is standard output (default for text)'),
  new Option('--emit <what>', 'what to write').choices(['obj', 'c', 'ir', 'ast']).default('obj'),
  new Option(
    '--dump-after <pass>',
    'print the IR after this pass to standard error; all: after every pass',
  ),
];

/** `netcapc check`. */
export const checkOptions: readonly Option[] = [expression, diagnostics];

/** `netcapc match`. */
export const matchOptions: readonly Option[] = [
  expression,
  ...targetOptions,
  diagnostics,
  new Option('--filters <file>', 'file of lines id<TAB>expression; - is standard input'),
  new Option('-r, --read <file>', 'capture file, pcap or pcapng').makeOptionMandatory(),
  new Option('-w, --write <file>', 'with -e: write the matching packets to this file'),
  new Option(
    '--engine <engine>',
    'interpret the IR, run the C here, or run the object in the kernel (root)',
  )
    .choices(['ir', 'c', 'bpf'])
    .default('ir'),
  new Option('--link <type>', "how packets start: EN10MB or RAW (default: the capture's)"),
  new Option(
    '--truncate <bytes>',
    'cut the captured bytes of every packet, not its wire length',
  ).argParser(parseNumber),
  new Option('--segments <count>', 'engine bpf, target mbuf: spread each packet over so many mbufs')
    .argParser(parseNumber)
    .default(1),
  new Option('--bits', 'print a 0 or 1 for every packet').default(false),
];
