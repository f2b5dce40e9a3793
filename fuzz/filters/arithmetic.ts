import { pick, type Random } from '../../test/packets/random.js';
import { chance } from '../seed.js';
import { constantNames } from './constants.js';
import { hasTypes, type Writer } from './place.js';
import { boundary, writeNumber } from './values.js';

const relations = ['=', '==', '!=', '<', '<=', '>', '>='] as const;
const operators = ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>'] as const;
const networkHeaders = ['ip', 'ip6', 'tcp', 'udp', 'icmp', 'icmp6'] as const;
const linkHeaders = ['ether', 'link', 'fddi', 'tr', 'wlan', 'ppp', 'slip'] as const;
const rareHeaders = ['sctp', 'igmp', 'igrp', 'pim', 'vrrp', 'carp'] as const;
const typedHeaders = ['arp', 'rarp', 'atalk', 'decnet', 'lat', 'sca', 'moprc', 'mopdl'] as const;

/** What the first number of an operand may be: libpcap looks at nothing else before it refuses a division or shift. */
type Leading = 'any' | 'divisor' | 'shift';

/**
 * A comparison of two numbers of `leaves` values in all. Every value may need a scratch slot, of which there are 16,
 * so there are at most 12, less those in use.
 */
export function relation(writer: Writer, leaves: number): string {
  const { random, place } = writer;
  const most = Math.max(2, Math.min(12 - place.slots, leaves));
  const left = 1 + random(most - 1);
  const sides = [arithmetic(writer, left, 'any'), arithmetic(writer, most - left, 'any')];
  const text = sides.join(` ${pick(random, relations)} `);
  return chance(random, 5) ? `(${text})` : text;
}

/** A header field, masked or not, against a number: the shape people write. */
export function fieldTest(writer: Writer): string {
  const { random } = writer;
  const size = pick(random, [1, 1, 2, 4]);
  const limit = 256 ** size;
  const field = `${header(writer)}[${writeNumber(random, random(random(4) === 0 ? 80 : 24))}${sizeSuffix(random, size)}]`;
  const mask = chance(random, 40) ? ` & ${writeNumber(random, boundary(random, limit))}` : '';
  return `${field}${mask} ${pick(random, relations)} ${writeNumber(random, boundary(random, limit))}`;
}

function arithmetic(writer: Writer, leaves: number, leading: Leading): string {
  const { random } = writer;
  if (leaves <= 1) return leaf(writer, leading);
  if (chance(random, 8)) return `- ${arithmetic(writer, leaves, leading)}`;
  if (chance(random, 15)) return `(${arithmetic(writer, leaves, leading)})`;
  if (chance(random, 12))
    return `${header(writer)}[${arithmetic(writer, leaves - 1, leading)}${sizeSuffix(random)}]`;
  const left = 1 + random(leaves - 1);
  const operator = pick(random, operators);
  const isDivision = operator === '/' || operator === '%';
  const isShift = operator === '<<' || operator === '>>';
  const right = isDivision ? 'divisor' : isShift ? 'shift' : 'any';
  return `${arithmetic(writer, left, leading)} ${operator} ${arithmetic(writer, leaves - left, right)}`;
}

function leaf(writer: Writer, leading: Leading): string {
  const { random } = writer;
  switch (random(5)) {
    case 0:
      return chance(random, 20) ? 'length' : 'len';
    case 1:
    case 2:
      return `${header(writer)}[${literal(random, leading, 64)}${sizeSuffix(random)}]`;
    default:
      return chance(random, 10)
        ? `(${literal(random, leading, 2 ** 32)})`
        : literal(random, leading, 2 ** 32);
  }
}

function literal(random: Random, leading: Leading, limit: number): string {
  switch (leading) {
    case 'divisor':
      return writeNumber(random, 1 + boundary(random, Math.min(limit, 2 ** 20)));
    case 'shift':
      return writeNumber(random, random(32));
    case 'any':
      if (chance(random, 8)) return pick(random, constantNames);
      if (chance(random, 60)) return writeNumber(random, random(Math.min(limit, 300)));
      return writeNumber(random, boundary(random, limit));
  }
}

function header(writer: Writer): string {
  const { random } = writer;
  const kinds = hasTypes(writer) ? 20 : 17;
  const kind = random(kinds);
  if (kind < 11) return pick(random, networkHeaders);
  if (kind < 14) return pick(random, linkHeaders);
  if (kind < 17) return pick(random, rareHeaders);
  return pick(random, typedHeaders);
}

function sizeSuffix(random: Random, size?: number): string {
  const chosen = size ?? pick(random, [1, 1, 2, 4]);
  if (chosen === 1 && chance(random, 70)) return '';
  return `:${chosen === 4 && chance(random, 5) ? '0x4' : chosen}`;
}
