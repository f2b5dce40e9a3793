import { Option } from 'commander';
import { parseNumber } from '../../compiler/cli/command-line.js';
import { expressionOption, nameOptions, reportOptions } from '../../compiler/cli/filter-options.js';
import { limitOptions } from './limit-options.js';
import { sizeOptions } from './size-options.js';
import { writeOptions } from './write-options.js';

/** Where packets come in, go out and are dropped: what `netcap skb` is attached to if no hook is named. */
export const usualHooks = 'net:netif_receive_skb,net:net_dev_start_xmit,skb:kfree_skb';

/** `--hook` of captures: given more than once it means the same as with commas. `usual` is what stands for none. */
export function hookOption(usual?: string): Option {
  const help = "SPEC[,SPEC...]; SPEC is [KIND:]TARGET[@ARG]; 'ip_*,!ip_rcv' is many functions";
  return (
    new Option('-f, --hook <specs>', usual === undefined ? help : `${help} (default: ${usual})`)
      .argParser((hooks, before: string | undefined) =>
        before === undefined ? hooks : `${before},${hooks}`,
      )
      // `--all` stands for it.
      .conflicts('all')
  );
}

/** `--all` of captures. */
export const allOption = new Option(
  '--all',
  "every function that has a packet among its arguments: --hook '*'",
);

const verbose = new Option(
  '-v, --verbose',
  'show what was tried and what the verifier said',
).default(false);

/** The other options of captures. */
export const captureOptions: readonly Option[] = [
  ...limitOptions,
  new Option('-i, --interface <name>', 'only packets of this network interface'),
  ...sizeOptions,
  ...writeOptions,
  verbose,
];

/** What `netcap skb` and `netcap sock` have besides. */
export const oneStepOptions: readonly Option[] = [
  expressionOption,
  ...nameOptions,
  ...reportOptions,
  new Option('--dry-run', 'print the C that would run in the kernel, and attach nothing').default(
    false,
  ),
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
  new Option(
    '--argument <kind>',
    'target skb: what the verifier knows of packets: nothing, or their type as at tp_btf and fentry',
  )
    .choices(['number', 'typed'])
    .default('number'),
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
