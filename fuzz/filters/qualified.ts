import { pick, type Random } from '../../test/packets/random.js';
import { chance } from '../seed.js';
import { hasFixedOffsets, hasMac, hasTypes, type Writer } from './place.js';
import {
  boundary,
  ip4Host,
  ip4Net,
  ip6Host,
  ip6Net,
  macAddress,
  port,
  portRange,
  writeNumber,
} from './values.js';
import { words } from './words.js';

/** Qualifiers, and the values they take. */
interface Head {
  readonly words: string;
  readonly value: (random: Random) => string;
  /** Most values that a list may have. */
  readonly most?: number;
}

const directions = [
  'src',
  'dst',
  'src or dst',
  'src and dst',
  'dst or src',
  'dst and src',
] as const;
const plainDirections = ['', '', '', 'src', 'dst'] as const;

const ipProtocols = words('\\tcp \\udp \\icmp \\sctp \\ah \\esp \\pim \\vrrp');
const otherIpProtocols = words('gre ospf ipip \\ipv6-icmp \\igmp \\ipv6-frag OSPFIGP');
const ipNumbers = words('0 1 2 4 6 17 43 44 47 50 51 58 59 60 103 112 132 255');
const linkNames = words(
  '\\ip \\ip6 \\arp \\rarp \\atalk \\aarp \\decnet \\lat \\sca \\moprc \\mopdl \\iso \\stp \\ipx \\netbeui lldp slow ' +
    'loopback',
);
const linkNumbers = words(
  '0 6 0x42 0xaa 0xe0 0xf0 0xfe 0xff 1501 1535 1536 0x800 0x806 0x8035 0x8100 0x8137 0x809b 0x80f3 0x86dd ' +
    '0x8847 0x8863 0x8864 0x88a8 0x88cc 0x9100 0xffff',
);

/** Qualifiers with one value, or a list of them: in parentheses, or bare behind `and` and `or`. */
export function qualified(writer: Writer, values?: number): string {
  const head = pickHead(writer);
  const count = values ?? (chance(writer.random, 20) ? 2 + writer.random(3) : 1);
  return `${head.words} ${list(writer.random, head.value, Math.min(count, head.most ?? count))}`;
}

function pickHead(writer: Writer): Head {
  const { random } = writer;
  for (;;) {
    const head = heads[random(heads.length)]?.(writer);
    if (head !== undefined) return head;
  }
}

/** Each way to begin; undefined where the place in the text has no such thing. */
const heads: readonly ((writer: Writer) => Head | undefined)[] = [
  (writer) => host(writer, ['', '', 'ip', 'arp', 'rarp'], 'host', ip4Host),
  (writer) => host(writer, ['', '', 'ip', 'arp', 'rarp'], 'host', ip4Host),
  (writer) => host(writer, ['', '', 'ip', 'arp', 'rarp'], 'net', ip4Net),
  (writer) => host(writer, ['', 'ip6'], 'host', ip6Host),
  (writer) => host(writer, ['', 'ip6'], 'net', ip6Net),
  ports,
  ports,
  ({ random }) => ({
    words: joinWords(transport(random), direction(random), 'portrange'),
    value: portRange,
  }),
  ({ random }) => ({
    words: joinWords(pick(random, ['', 'ip', 'ip6']), 'proto'),
    value: ipProtocol,
  }),
  protocolChain,
  (writer) =>
    hasTypes(writer)
      ? { words: `${pick(writer.random, ['ether', 'ether', 'link'])} proto`, value: linkProtocol }
      : undefined,
  (writer) =>
    hasMac(writer)
      ? {
          words: joinWords(
            pick(writer.random, ['ether', 'link']),
            direction(writer.random, 'host'),
          ),
          value: macAddress,
        }
      : undefined,
  (writer) => (hasTypes(writer) && chance(writer.random, 40) ? iso(writer.random) : undefined),
  (writer) =>
    hasTypes(writer) && chance(writer.random, 40)
      ? { words: joinWords('decnet', direction(writer.random, 'host')), value: decnetAddress }
      : undefined,
];

function host(
  writer: Writer,
  protocols: readonly [string, ...string[]],
  type: 'host' | 'net',
  value: Head['value'],
): Head | undefined {
  const protocol = pick(writer.random, protocols);
  if (protocol.endsWith('arp') && !hasTypes(writer)) return undefined;
  return { words: joinWords(protocol, direction(writer.random, type)), value };
}

/** A direction and a type; `host` may be left out behind a direction. */
function direction(random: Random, type?: string): string {
  const chosen = chance(random, 12) ? pick(random, directions) : pick(random, plainDirections);
  if (type === undefined) return chosen;
  return type === 'host' && chosen !== '' && chance(random, 40) ? chosen : joinWords(chosen, type);
}

function ports({ random }: Writer): Head {
  const protocol = transport(random);
  return {
    words: joinWords(protocol, direction(random, 'port')),
    value: (each) => port(each, protocol === ''),
  };
}

/** Each of at most two chains keeps a scratch slot for each family. */
function protocolChain(writer: Writer): Head | undefined {
  const { random, place } = writer;
  if (!hasFixedOffsets(writer) || place.slots > 2) return undefined;
  place.slots += 4;
  return {
    words: joinWords(pick(random, ['', 'ip', 'ip6']), 'protochain'),
    value: ipProtocol,
    most: 2,
  };
}

function transport(random: Random): string {
  return pick(random, ['', '', 'tcp', 'udp', 'sctp']);
}

function ipProtocol(random: Random): string {
  if (chance(random, 25)) return pick(random, ipProtocols);
  if (chance(random, 10)) return pick(random, otherIpProtocols);
  return writeNumber(random, chance(random, 70) ? Number(pick(random, ipNumbers)) : random(256));
}

function linkProtocol(random: Random): string {
  if (chance(random, 40)) return pick(random, linkNames);
  return writeNumber(
    random,
    chance(random, 80) ? Number(pick(random, linkNumbers)) : 1501 + random(64035),
  );
}

function iso(random: Random): Head {
  if (chance(random, 50)) return { words: 'isis proto', value: (each) => String(each(32)) };
  return {
    words: 'iso proto',
    value: (each) =>
      pick(each, ['\\clnp', '\\esis', '\\isis', '0x81', '0x82', '0x83', String(each(256))]),
  };
}

function decnetAddress(random: Random): string {
  return `${random(64)}.${boundary(random, 1024)}`;
}

/** Values of one kind; a list cannot start with a list. */
function list(random: Random, value: Head['value'], count: number): string {
  const items = Array.from({ length: count }, (_, index) =>
    index > 0 && count < 6 && chance(random, 8)
      ? `(${value(random)} ${connective(random)} ${value(random)})`
      : `${chance(random, 6) ? 'not ' : ''}${value(random)}`,
  );
  const text = items.reduce((left, right) => `${left} ${connective(random)} ${right}`);
  // Behind `net`, a number in parentheses is no network.
  return chance(random, count === 1 ? 4 : 60) && !/^\(*\d+\)*$/.test(text) ? `(${text})` : text;
}

/** Lists are alternatives nearly always. */
export function connective(random: Random): string {
  return chance(random, 85) ? pick(random, ['or', 'or', '||']) : pick(random, ['and', '&&']);
}

function joinWords(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
