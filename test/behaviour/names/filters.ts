const hosts = [
  ...['four', 'FOUR', 'mixed-case', 'four.example', 'six', 'both', 'twice', 'localhost', 'nowhere'],
  ...['\\10', '\\0x7f.1', '\\010.1', '\\1.2', '\\::1', '\\fe80::1', '\\4294967296', '\\1.2.3.4'],
];
const hostQualifiers = [
  ...['host', 'src', 'dst host', 'src and dst host', 'ip host', 'ip6 src host', 'arp host'],
  ...['rarp dst', 'tcp host', 'not host', 'not src or dst'],
];

const networks = [
  ...[
    'lan',
    'LAN',
    'lan4',
    'lan-alias',
    'ten',
    'low',
    'lowest',
    'nothing',
    'hexa',
    'octo',
    'large',
  ],
  ...['loopback', 'nowhere', '\\lan', '\\10'],
];
const networkQualifiers = ['net', 'ip src net', 'arp dst net', 'ip6 net', 'ether net', 'udp net'];

const etherHosts = [
  ...[
    'router',
    'ROUTER',
    'router6',
    'second-name',
    'routers',
    'no-host',
    'twice',
    'dashes',
    'five',
  ],
  ...['seven', 'large', 'four', 'nowhere', '\\router'],
];
const etherQualifiers = [
  ...['ether host', 'ether src', 'link dst host', 'ether src and dst', 'gateway', 'ip gateway'],
  ...['arp gateway', 'rarp gateway', 'ip6 gateway', 'tcp gateway', 'ether gateway', 'not gateway'],
];

const services = [
  ...['both', 'BOTH', 'tcp-alias', 'tcponly', 'first-alias', 'udponly', 'differ', 'sctponly'],
  ...[
    'tcp-sctp',
    '80x',
    'zero',
    '12',
    'taken',
    'nothing',
    '\\12',
    '\\012',
    '\\+12',
    '\\0xc',
    '\\-1',
  ],
];
const ranges = [
  ...['both-tcponly', 'tcponly-both', 'tcponly-80x', '80x-20', '5-80x', 'udponly-differ'],
  ...['udponly-udponly', 'differ-differ', 'zero-5', '12-12', '08-0x10', '0x-5', '5-0x', '010-020'],
  ...[
    'both',
    'tcponly',
    '12',
    '\\12',
    'tcp-alias',
    'tcp-alias-5',
    'nothing-5',
    '5-nothing',
    '0x1g-5',
  ],
  ...[
    '\\5-20',
    '\\5-',
    '\\-5',
    '\\-',
    '5-65536',
    '65536-5',
    '5-99999999999',
    'tcp-syn',
    'tcp-syn-5',
  ],
];
const portQualifiers = ['', 'tcp ', 'udp ', 'sctp ', 'src ', 'udp dst ', 'ip ', 'not '];

const protocols = ['foo', 'FOO', 'bar', 'Foo', '\\tcp', '\\ip', 'large', 'nothing', '\\6', 'both'];
const protocolQualifiers = ['proto', 'ip proto', 'ip6 proto', 'ether proto', 'not ip proto'];

const lists = [
  'host four or both and port both',
  'src host (four or six or both)',
  'host four or six or nowhere',
  'gateway router or routers',
  'ip gateway (router or routers)',
  'port (both or tcponly)',
  'udp port (both or tcponly)',
  'tcp src port both or tcponly or 80x or 13',
  'net lan or ten',
  'ether host router or routers and host both',
  'ip proto foo or bar and not net ten',
  'mpls and host both',
  'mpls and gateway router',
  'mpls and arp host four',
  'mpls and net lan',
];

/** Filters with names of every kind, known in the files of `etc` and not. */
export const filters: readonly string[] = [
  ...combine(hostQualifiers, hosts),
  ...combine(networkQualifiers, networks),
  ...combine(etherQualifiers, etherHosts),
  ...combine(
    portQualifiers.map((qualifier) => `${qualifier}port`),
    services,
  ),
  ...combine(
    portQualifiers.map((qualifier) => `${qualifier}portrange`),
    ranges,
  ),
  ...combine(protocolQualifiers, protocols),
  ...lists,
];

function combine(qualifiers: readonly string[], values: readonly string[]): readonly string[] {
  return values.flatMap((value) => qualifiers.map((qualifier) => `${qualifier} ${value}`));
}
