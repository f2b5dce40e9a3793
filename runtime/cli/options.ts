import { Option } from 'commander';
import { parseNumber } from '../../compiler/cli/command-line.js';
import { writeOptions } from './write-options.js';

/** `--hook` of `netcap run`: given more than once it means the same as with commas. */
export const hookOption = new Option(
  '--hook <specs>',
  "SPEC[,SPEC...]; SPEC is [KIND:]TARGET[@ARG]; 'ip_*,!ip_rcv' is many functions",
)
  .argParser((hooks, before: string | undefined) =>
    before === undefined ? hooks : `${before},${hooks}`,
  )
  // `--all` stands for it.
  .conflicts('all');

/** `--all` of `netcap run`. */
export const allOption = new Option(
  '--all',
  "every function that has a packet among its arguments: --hook '*'",
);

const verbose = new Option(
  '-v, --verbose',
  'show what was tried and what the verifier said',
).default(false);

/** The other options of `netcap run`. */
export const runOptions: readonly Option[] = [
  new Option('-c, --count <packets>', 'end after so many packets').argParser(parseNumber),
  new Option('-i, --interface <name>', 'only packets of this network interface'),
  new Option('-s, --snaplen <bytes>', 'bytes of each packet to keep')
    .argParser(parseNumber)
    .default(262144),
  ...writeOptions,
  verbose,
];

const reader = new Option(
  '--reader <reader>',
  'how programs read packets: as this kernel allows, or as every kernel does',
)
  .choices(['best', 'window'])
  .default('best');

/** `netcap match`. */
export const matchOptions: readonly Option[] = [
  new Option(
    '--objects <file>',
    'file of lines id<TAB>path; - is standard input',
  ).makeOptionMandatory(),
  new Option('-r, --read <file>', 'capture file, pcap or pcapng').makeOptionMandatory(),
  new Option(
    '--truncate <bytes>',
    'cut the captured bytes of every packet, not its wire length',
  ).argParser(parseNumber),
  new Option('--link <type>', "how packets start: EN10MB or RAW (default: the capture's)"),
  new Option('--segments <count>', 'target mbuf: spread each packet over so many mbufs, 1 to 4')
    .argParser(parseNumber)
    .default(1),
  new Option(
    '--vlan-metadata',
    "target skb: move VLAN tags to the skb's metadata, as network cards do",
  ).default(false),
  reader,
  verbose,
];

/** `netcap list`. */
export const listOptions: readonly Option[] = [
  new Option('--target <target>', 'what an object takes for a packet')
    .choices(['skb', 'sock'])
    .default('skb'),
  new Option('--json', 'print an array of functions and events').default(false),
];

/** `netcap verify`. */
export const verifyOptions: readonly Option[] = [
  new Option('--json', 'print an array of programs').default(false),
  reader,
  verbose,
];
