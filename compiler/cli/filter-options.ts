import { isIPv4 } from 'node:net';
import { InvalidArgumentError, Option } from 'commander';

/** The filter on the command line. */
export const expressionOption = new Option(
  '-e, --expression <filter>',
  'the filter itself, instead of a file',
);

/** How what is wrong with a filter, or surprising, is told. */
export const reportOptions: readonly Option[] = [
  new Option('--diagnostics <format>', 'how mistakes are printed on standard error')
    .choices(['text', 'json'])
    .default('text'),
  new Option('--warnings <how>', 'what is done about what is legal and surprising')
    .choices(['print', 'error', 'none'])
    .default('print'),
];

/** What a filter's words mean on this machine. */
export const nameOptions: readonly Option[] = [
  new Option('--resolve', "look up names of hosts, once, with the system's resolver").default(
    false,
  ),
  new Option(
    '--netmask <mask>',
    "the network's mask, for ip broadcast: 255.255.255.0 or 0xffffff00",
  ).argParser(parseNetmask),
];

/** The value of an option that takes an IPv4 network's mask: a dotted quad, or a hexadecimal number. */
function parseNetmask(text: string): number {
  const isHexadecimal = /^0x[0-9a-f]{1,8}$/i.test(text);
  if (!isHexadecimal && !isIPv4(text)) throw new InvalidArgumentError('It is not a netmask.');
  const mask = isHexadecimal
    ? Number(text)
    : text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  // It would make every packet a broadcast; to libpcap it says that there is no netmask.
  if (mask === 0xffff_ffff) throw new InvalidArgumentError('It leaves no bits for hosts.');
  return mask;
}
