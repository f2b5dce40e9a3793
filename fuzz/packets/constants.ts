import { constantValue } from '../../compiler/ast/constants.js';
import type { Random } from '../../test/packets/random.js';
import { chance } from '../seed.js';
import { splitTokens } from '../tokens.js';

/** What a filter's text is about: the material that its packets are made of. */
export interface Constants {
  /** Numbers, and the ends of port ranges. */
  readonly numbers: readonly number[];
  readonly addresses4: readonly Uint8Array[];
  readonly addresses6: readonly Uint8Array[];
  readonly macs: readonly Uint8Array[];
  readonly words: ReadonlySet<string>;
  /** The encapsulations, in the order of the text. */
  readonly encapsulations: readonly string[];
}

const services: Readonly<Record<string, number>> = {
  ...{ http: 80, https: 443, ssh: 22, domain: 53, ntp: 123, smtp: 25, snmp: 161, ftp: 21 },
  'ftp-data': 20,
};
const encapsulationWords = new Set(['vlan', 'mpls', 'pppoes', 'pppoed', 'geneve', 'vxlan']);

/** Read a filter's constants off its text. */
export function readConstants(text: string): Constants {
  const tokens = splitTokens(text).map((token) => token.trim().replace(/^\\/, ''));
  return {
    numbers: tokens.flatMap(readNumbers),
    addresses4: tokens.flatMap(readAddress4),
    addresses6: tokens.flatMap(readAddress6),
    macs: tokens.flatMap(readMac),
    words: new Set(tokens.filter((token) => /^[a-z]/.test(token))),
    encapsulations: tokens.filter((token) => encapsulationWords.has(token)),
  };
}

/** One of the filter's values or a neighbour, or now and then any; always below `limit`. */
export function near(random: Random, values: readonly number[], limit: number): number {
  const fitting = values.filter((value) => value <= limit);
  if (fitting.length === 0 || chance(random, 10)) return random(limit);
  const value = fitting[random(fitting.length)] ?? 0;
  const moved = chance(random, 25) ? value + random(3) - 1 : value;
  return Math.max(0, Math.min(limit - 1, moved));
}

/** One of the filter's addresses, as it is or with one bit changed, or any of `length` bytes. */
export function nearAddress(
  random: Random,
  values: readonly Uint8Array[],
  length: number,
): Uint8Array {
  const value = values[random(values.length)];
  if (value === undefined || chance(random, 8))
    return Uint8Array.from({ length }, () => (chance(random, 50) ? random(256) : 0));
  const address = value.slice();
  const at = random(length);
  if (chance(random, 20)) address[at] = (address[at] ?? 0) ^ (1 << random(8));
  return address;
}

function readNumbers(token: string): readonly number[] {
  const named = constantValue(token) ?? services[token];
  if (named !== undefined) return [named];
  const number = (text: string) =>
    /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  return /^(?:\d+|0x[0-9a-f]+)(?:-(?:\d+|0x[0-9a-f]+))?$/i.test(token)
    ? token
        .split('-')
        .map(number)
        .filter((value) => value < 2 ** 32)
    : [];
}

function readAddress4(token: string): readonly Uint8Array[] {
  if (/^\d+(\.\d+){1,3}$/.test(token)) {
    const octets = token.split('.').map(Number);
    return [Uint8Array.from({ length: 4 }, (_, index) => octets[index] ?? 0)];
  }
  const [number] = readNumbers(token);
  if (number === undefined) return [];
  // `host 10` is 0.0.0.10, `net 10` is 10.0.0.0.
  return [number, number < 256 ? number * 2 ** 24 : number].map((each) =>
    Uint8Array.of(each >>> 24, each >>> 16, each >>> 8, each),
  );
}

function readAddress6(token: string): readonly Uint8Array[] {
  if (!/^[0-9a-f:.]+$/i.test(token) || !/:.*:/.test(token)) return [];
  const text = token.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [+a * 256 + +b, +c * 256 + +d].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = text.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((each) => Number.parseInt(each, 16));
  const leading = groups(head);
  const trailing = groups(tail ?? '');
  const missing = 8 - leading.length - trailing.length;
  if (missing < 0 || (tail === undefined && missing > 0)) return [];
  const words = [...leading, ...Array.from({ length: missing }, () => 0), ...trailing];
  return [Uint8Array.from(words.flatMap((word) => [word >>> 8, word & 0xff]))];
}

function readMac(token: string): readonly Uint8Array[] {
  const separated = /^[0-9a-f]{1,2}([:.-][0-9a-f]{1,2}){5}$/i.test(token);
  if (separated)
    return [Uint8Array.from(token.split(/[:.-]/), (octet) => Number.parseInt(octet, 16))];
  const digits = token.replaceAll('.', '');
  if (!/^[0-9a-f]{12}$/i.test(digits)) return [];
  return [Uint8Array.from(Buffer.from(digits, 'hex'))];
}
