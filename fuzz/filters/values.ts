import { pick, type Random } from '../../test/packets/random.js';
import { chance } from '../seed.js';

/*
 * Every literal form of the language. Values come from small pools most of the time, so that the terms of one filter
 * are about the same things.
 */

const octets = [0, 1, 2, 10, 127, 128, 168, 192, 224, 239, 254, 255] as const;
const quads = ['10.1.2.3', '192.168.1.1', '224.0.0.251', '127.0.0.1', '255.255.255.255'] as const;
const addresses6 = ['2001:db8::1', 'fe80::1', 'ff02::fb', '::1', '::', '::ffff:10.1.2.3'] as const;
const portNumbers = [0, 22, 53, 80, 443, 1024, 4789, 6081, 8080, 32768, 65535] as const;
const macs = [
  '00:11:22:33:44:55',
  'ff:ff:ff:ff:ff:ff',
  '01:00:5e:00:00:fb',
  '2:0:0:0:0:1',
] as const;
const services = [
  'http',
  'https',
  'ssh',
  'domain',
  'ntp',
  'smtp',
  'snmp',
  'ftp',
  'ftp-data',
] as const;

/** A number as decimal, octal or hexadecimal text. */
export function writeNumber(random: Random, value: number): string {
  const octal = `0${value.toString(8)}`;
  switch (random(6)) {
    case 0:
      return `0x${value.toString(16)}`;
    case 1:
      return chance(random, 50)
        ? `0X${value.toString(16).toUpperCase()}`
        : `0x0${value.toString(16)}`;
    case 2:
      return octal.length === 12 ? String(value) : octal; // twelve digits are a MAC address
    default:
      return String(value);
  }
}

/** A whole number below `limit`, often at a power of two or next to one. */
export function boundary(random: Random, limit: number): number {
  if (chance(random, 30)) return random(limit);
  const power = 2 ** random(Math.ceil(Math.log2(limit)) + 1);
  return Math.min(limit - 1, Math.max(0, power - 1 + random(3)));
}

function quad(random: Random): string {
  if (chance(random, 60)) return pick(random, quads);
  return Array.from({ length: 4 }, () => pick(random, octets)).join('.');
}

/** An IPv4 host: quad, shortened, a number, escaped. */
export function ip4Host(random: Random): string {
  switch (random(12)) {
    case 0:
      return quad(random)
        .split('.')
        .slice(0, 2 + random(2))
        .join('.');
    case 1:
      return quad(random).replaceAll(/\b(\d)\b/g, '00$1');
    case 2:
      return writeNumber(random, boundary(random, 2 ** 32));
    case 3:
      return `\\${quad(random)}`;
    default:
      return quad(random);
  }
}

/** An IPv4 network: prefix length, mask, shortened, a number. No bits stand outside the mask. */
export function ip4Net(random: Random): string {
  const address = quad(random).split('.').map(Number);
  const prefix = chance(random, 50) ? 8 * random(5) : random(33);
  const masked = address.map((octet, index) => octet & maskOctet(prefix, index));
  const slash = chance(random, 5) ? ' / ' : '/';
  switch (random(8)) {
    case 0:
      return address.slice(0, 2 + random(3)).join('.');
    case 1:
      return String(random(256));
    case 2:
      return `${masked.join('.')} mask ${[0, 1, 2, 3].map((index) => maskOctet(prefix, index)).join('.')}`;
    case 3: {
      const mask = [0, 1, 2, 3].map(() => pick(random, octets));
      return `${address.map((octet, index) => octet & (mask[index] ?? 0)).join('.')} mask ${mask.join('.')}`;
    }
    case 4: // parts that are left out leave no bits for a longer prefix
      return `${masked.slice(0, 2).join('.')}${slash}${Math.min(prefix, 16)}`.replace(
        /^(\d+)\.(\d+)(.*?)(\d+)$/,
        (_, first, second, sign, length) =>
          `${first & maskOctet(+length, 0)}.${second & maskOctet(+length, 1)}${sign}${length}`,
      );
    default:
      return `${masked.join('.')}${slash}${prefix}`;
  }
}

function maskOctet(prefix: number, index: number): number {
  const bits = Math.max(0, Math.min(8, prefix - index * 8));
  return (0xff00 >> bits) & 0xff;
}

/** An IPv6 host: full, compressed, with an IPv4 tail, upper case, with its useless prefix length. */
export function ip6Host(random: Random): string {
  if (chance(random, 10)) return `${pick(random, addresses6)}/128`;
  if (chance(random, 50)) return pick(random, addresses6);
  const groups = Array.from({ length: 8 }, () => boundary(random, 0x10000).toString(16));
  switch (random(4)) {
    case 0:
      return groups.join(':').toUpperCase();
    case 1:
      return `${groups.slice(0, 6).join(':')}:${quad(random)}`;
    case 2:
      return `${groups.slice(0, random(4)).join(':')}::${groups.slice(0, 1 + random(3)).join(':')}`;
    default:
      return groups.join(':');
  }
}

/** An IPv6 network without bits outside the prefix. */
export function ip6Net(random: Random): string {
  const prefix = chance(random, 60) ? pick(random, [0, 16, 32, 64, 96, 127, 128]) : random(129);
  const groups = Array.from({ length: 8 }, (_, index) => {
    const bits = Math.max(0, Math.min(16, prefix - index * 16));
    return (boundary(random, 0x10000) & ((0xffff0000 >> bits) & 0xffff)).toString(16);
  });
  const text = groups.join(':');
  const zeros = chance(random, 70) ? /(^|:)0(:0)+$/ : /$^/;
  return `${text.replace(zeros, '::')}/${prefix}`;
}

/** A MAC address in each of its spellings. */
export function macAddress(random: Random): string {
  const address = chance(random, 60)
    ? pick(random, macs)
    : Array.from({ length: 6 }, () => random(256).toString(16)).join(':');
  const digits = address.split(':').map((octet) => octet.padStart(2, '0'));
  switch (random(8)) {
    case 0:
      return address.replaceAll(':', '-');
    case 1:
      return address.replaceAll(':', '.');
    case 2:
      return digits.join('').replace(/(....)(....)(....)/, '$1.$2.$3');
    case 3:
      return digits.join('');
    case 4:
      return address.toUpperCase();
    default:
      return address;
  }
}

/** A port by number or, where every protocol takes it, by name. */
export function port(random: Random, allowsNames: boolean): string {
  if (allowsNames && chance(random, 12)) return pick(random, services);
  if (chance(random, 4)) return pick(random, ['tcp-syn', 'icmp-echo', '(80)', '((443))', '\\22']);
  return writeNumber(
    random,
    chance(random, 70) ? pick(random, portNumbers) : boundary(random, 65536),
  );
}

/** Two ports, in either order now and then. */
export function portRange(random: Random): string {
  const low = boundary(random, 65536);
  const high = Math.min(65535, low + boundary(random, 1024));
  const ends = chance(random, 15) ? [high, low] : [low, high];
  return ends.map((end) => writeNumber(random, end)).join('-');
}
