import { pick, type Random, seededRandom } from '../../packets/random.js';

/*
 * Filters for a comparison with libpcap: some right, some nearly right, some soup. None holds a name that would be
 * looked up in a network.
 */

type Words = readonly [string, ...string[]];

const words = (text: string) => text.split(' ') as unknown as Words;

const comparisons = words('= == != < > <= >=');
const operators = words('+ * / % ^ & | << >>');
const connectives: Words = [' and ', ' or ', ' && ', '||'];
const numbers = words('1 2 5 31 255 0xff len 017 tcp-syn icmp-echo (3) ((len)) 4294967295');
const wrongNumbers = words('0 32 09 4294967296 tcp-psh 1.2.3.4 foo (tcp)');
const indexed = words('ip ip6 tcp udp sctp ether link icmp icmp6 arp rarp vrrp igmp pim aarp');
const sizes: Words = ['', '', ':1', ':2', ':4', ':1', ': 2', ':3'];

const protocols: Words = ['', '', '', ...words('tcp udp sctp ip ip6 arp rarp ether link icmp iso')];
const directions: Words = ['', '', 'src', 'dst', 'src or dst', 'dst and src', 'src&&dst'];
const types: Words = ['', ...words('host net port portrange proto')];
const values: Words = [
  ...words('80 443 0 10 255 256 70000 0x800 1500 1501 65535 65536 017 08 tcp-syn (80) ((80))'),
  ...words('10.1.2.3 10.1 10 172.16/12 10.0.0.1/8 0.0.0.0/0 1.2.3.256 0x0a.1 10.0.0.0/33'),
  ...words('::1 1:2:3:4:5:6:7:8 2001:db8::/32 fe80::1/10 ::/0 ::1/128 ::ffff:1.2.3.4 ::/129'),
  ...words('aa:bb:cc:dd:ee:ff 1-2-3-4-5-6 0011.2233.4455 001122334455 1:2:3:4:5:6:7'),
  ...words('80-90 90-80 0x50-90 010-20 0-65536'),
  ...['(80 or 443)', '(10.1 or 10.2.3)', 'not 80', '(not 80 and 443)', '(80 or (443 or 22))'],
  ...['((80 or 443) or 22)', '((10.1.1.1))', '10.0.0.0 mask 255.0.0.0', '10.1 mask 255.0'],
];
/** Qualifiers, and values that they can have. */
const fitting: readonly [readonly [Words, Words], ...(readonly [Words, Words])[]] = [
  [
    ['host', 'src', 'ip host', 'arp dst', 'src and dst host'],
    words('10.1.2.3 10.1 5 010.1 0x0a000001'),
  ],
  [
    ['net', 'src net', 'ip net', 'rarp dst net'],
    words('10.0.0.0/8 10 172.16/12 0 0.0.0.0/0 10.1.2'),
  ],
  [
    ['host', 'ip6 host', 'dst', 'ip6 src'],
    words('::1 1:2:3:4:5:6:7:8 ::ffff:1.2.3.4 1::8 ::1/128'),
  ],
  [['net', 'ip6 net', 'src net'], words('::/0 2001:db8::/32 ::1 fe80::/10 1:2:3:4:5:6:7::/112')],
  [
    ['port', 'tcp port', 'udp dst port', 'sctp src or dst port'],
    words('80 0 65535 tcp-syn 0x50 017 ((80))'),
  ],
  [['portrange', 'udp src portrange'], words('80-90 90-80 0x10-020 0-65535 8')],
  [['proto', 'ip proto', 'ip6 proto'], words('6 255 \\tcp \\ospf gre OSPFIGP ICMP (\\udp)')],
  [['ether proto', 'link proto'], words('0x800 \\ip lldp 255 1501 65535 \\stp slow loopback 0')],
  [
    ['ether host', 'ether src', 'link dst host'],
    words('aa:bb:cc:dd:ee:ff 1-2-3-4-5-6 001122334455'),
  ],
];
const alone = words('tcp udp ip ip6 arp icmp6 ether esp stp iso ipx netbeui lat pim carp radio');
const primitives: Words = [
  'broadcast',
  ...['ether multicast', 'ip multicast', 'ip6 multicast', 'ip6 broadcast'],
  ...['tcp multicast', 'ip broadcast', 'less 10', 'greater 0x10', 'less len', 'byte 0 & 1'],
  ...['byte 3 | 256', 'byte 4294967295 > 5', 'ip proto \\tcp', 'ether proto \\lldp'],
  ...['ip6 proto \\ipv6-icmp', 'proto (\\tcp or \\udp)', 'ether proto \\tcp', 'ip proto TCP'],
];
const soup: Words = [
  ...words('tcp ip ether src dst host net port portrange proto ( ) ( ) and or not ! && || and or'),
  ...words('80 0 70000 08 10.1.2.3 10.1/16 ::1 aa:bb:cc:dd:ee:ff 80-90 80- len ip[0] tcp[13] ]'),
  ...words('+ - * / % ^ & | << >> = == != < > <= >= [ : 1 2 4 tcp-syn broadcast less'),
];

/** `count` different filters, the same each time. */
export function generateFilters(count: number): readonly string[] {
  const random = seededRandom(20);
  const filters = new Set<string>();
  while (filters.size < count) {
    const filter = random(5) === 0 ? makeSoup(random) : makeChain(random, 0);
    if (filter.length < 500) filters.add(filter);
  }
  return [...filters];
}

function makeSoup(random: Random): string {
  return Array.from({ length: 1 + random(6) }, () => pick(random, soup)).join(' ');
}

function makeChain(random: Random, depth: number): string {
  let text = makeCondition(random, depth);
  while (random(5) < 2) {
    const isBare = random(4) === 0;
    const operand = isBare ? pick(random, values) : makeCondition(random, depth);
    text += pick(random, connectives) + operand;
  }
  return text;
}

function makeCondition(random: Random, depth: number): string {
  if (random(3) > 0) return makeFitting(random);
  switch (random(8)) {
    case 0:
      return pick(random, alone);
    case 1:
      return pick(random, primitives);
    case 2:
    case 3:
      return `${makeNumber(random, 0)} ${pick(random, comparisons)}${makeNumber(random, 0)}`;
    case 4:
      return `${pick(random, ['not ', '!'])}${makeCondition(random, depth)}`;
    case 5:
      return depth > 3 ? 'tcp' : `(${makeChain(random, depth + 1)})`;
    default:
      return [protocols, directions, types, values]
        .map((each) => pick(random, each))
        .filter((word) => word !== '')
        .join(' ');
  }
}

/** Qualifiers with values that fit, now and then as a list. */
function makeFitting(random: Random): string {
  const [qualifiers, fits] = pick(random, fitting);
  const value = () => pick(random, fits);
  const list = [
    value(),
    `(${value()} or not ${value()})`,
    `not ${value()}`,
    `${value()} or ${value()}`,
  ];
  return `${pick(random, qualifiers)} ${list[random(8)] ?? value()}`;
}

function makeNumber(random: Random, depth: number): string {
  if (depth > 5) return pick(random, numbers);
  if (random(40) === 0) return pick(random, wrongNumbers);
  switch (random(7)) {
    case 0:
    case 1:
      return pick(random, numbers);
    case 2:
    case 3:
      return `${pick(random, indexed)}[${makeNumber(random, depth + 2)}${pick(random, sizes)}]`;
    case 4:
      return `${pick(random, ['-', '('])}${makeNumber(random, depth + 1)}`.replace(
        /^\(.*$/s,
        '$&)',
      );
    default:
      return [
        makeNumber(random, depth + 1),
        random(4) === 0 ? ' - ' : pick(random, operators),
        makeNumber(random, depth + 1),
      ].join('');
  }
}
