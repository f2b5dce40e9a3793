import { InvalidArgumentError, Option } from 'commander';
import { parseIp4 } from '../2-resolve/addresses.js';
import { parseNumber } from './command-line.js';
import { linkNames } from './link.js';

const expression = new Option('-e, --expression <filter>', 'the filter itself, instead of a file');
/** How what is wrong with a filter, or surprising, is told. */
const reportOptions = [
  new Option('--diagnostics <format>', 'how mistakes are printed on standard error')
    .choices(['text', 'json'])
    .default('text'),
  new Option('--warnings <how>', 'what is done about what is legal and surprising')
    .choices(['print', 'error', 'none'])
    .default('print'),
] as const;

/** What is compiled for, and how. */
const targetOptions = [
  new Option('--target <target>', 'what carries the packet')
    .choices(['skb', 'sock', 'mbuf'])
    .default('skb'),
  new Option('--optimize', 'run all passes').default(true),
  new Option('--no-optimize', 'run only the passes that are needed'),
] as const;

/** What a filter's words mean on this machine. */
const nameOptions = [
  new Option('--resolve', "look up names of hosts, once, with the system's resolver").default(
    false,
  ),
  new Option(
    '--netmask <mask>',
    "the network's mask, for ip broadcast: 255.255.255.0 or 0xffffff00",
  ).argParser(parseNetmask),
] as const;

/** `netcapc compile`. */
export const compileOptions: readonly Option[] = [
  expression,
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
export const checkOptions: readonly Option[] = [expression, ...nameOptions, ...reportOptions];

/** `netcapc explain`. */
export const explainOptions: readonly Option[] = [
  expression,
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
  expression,
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

/** The value of an option that takes an IPv4 network's mask: a dotted quad, or a hexadecimal number. */
function parseNetmask(text: string): number {
  const isHexadecimal = /^0x[0-9a-f]{1,8}$/i.test(text);
  const quad = text.split('.').length === 4 ? parseIp4(text)?.address : undefined;
  const mask = isHexadecimal ? Number(text) : quad;
  if (mask === undefined) throw new InvalidArgumentError('It is not a netmask.');
  // It would make every packet a broadcast; to libpcap it says that there is no netmask.
  if (mask === 0xffff_ffff) throw new InvalidArgumentError('It leaves no bits for hosts.');
  return mask;
}
