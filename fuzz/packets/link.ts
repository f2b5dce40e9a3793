import { bytes, joinBytes, word16, word32, zeros } from '../../test/packets/bytes.js';
import { pick, type Random, randomBytes } from '../../test/packets/random.js';
import type { FuzzLink } from '../links.js';
import { chance } from '../seed.js';
import { type Constants, near, nearAddress } from './constants.js';
import type { Payload } from './network.js';

/** A packet as it starts on this link type. */
export function linkHeader(
  random: Random,
  constants: Constants,
  link: FuzzLink['link'],
  payload: Payload,
): Uint8Array {
  switch (link) {
    case 'ethernet':
      return joinBytes(macPair(random, constants), word16(typeField(payload)), payload.bytes);
    case 'linux-sll':
      return joinBytes(
        ...[
          word16(random(6)),
          word16(pick(random, [1, 772, 778])),
          word16(6),
          randomBytes(random, 8),
        ],
        ...[word16(cookedType(payload)), payload.bytes],
      );
    case 'linux-sll2':
      return joinBytes(
        ...[
          word16(cookedType(payload)),
          zeros(2),
          word32(near(random, constants.numbers, 2 ** 16)),
        ],
        ...[word16(1), bytes(random(6), 6), randomBytes(random, 8), payload.bytes],
      );
    case 'null':
      return joinBytes(family(random, payload, random(2) === 0), payload.bytes);
    case 'loop':
      return joinBytes(family(random, payload, chance(random, 10)), payload.bytes);
    case 'ppp':
      return joinBytes(bytes(0xff, 3), word16(pointToPointType(payload)), payload.bytes);
    case 'raw':
    case 'ipv4':
    case 'ipv6':
    case 'network':
      return payload.bytes;
  }
}

/** Protocol 4 announces an LLC header, 1 a raw 802.3 frame (sll(4)). */
function cookedType({ type }: Payload): number {
  return type === 'llc' ? 4 : type;
}

/** A BSD address family, in either byte order; the systems do not agree on IPv6. */
function family(random: Random, { type }: Payload, isLittleEndian: boolean): Uint8Array {
  const six = pick(random, [24, 28, 30, 10]);
  const number = chance(random, 5)
    ? random(32)
    : type === 0x0800
      ? 2
      : type === 0x86dd
        ? six
        : random(32);
  return isLittleEndian ? bytes(number, 0, 0, 0) : word32(number);
}

/** What a 16-bit EtherType field says of a payload. */
export function typeField({ type, bytes: content }: Payload): number {
  return type === 'llc' ? Math.min(1500, content.length) : type;
}

/** A PPP protocol number (RFC 1661, RFC 1332 and others). */
export function pointToPointType({ type }: Payload): number {
  switch (type) {
    case 0x0800:
      return 0x21;
    case 0x86dd:
      return 0x57;
    case 0x8847:
      return 0x281;
    case 0x6003:
      return 0x27;
    case 0x809b:
      return 0x29;
    case 0x8137:
      return 0x2b;
    case 'llc':
      return 0x23;
    default:
      return type;
  }
}

/** Source and destination of a frame. */
function macPair(random: Random, { macs }: Constants): Uint8Array {
  const one = () =>
    chance(random, 15)
      ? pick(random, [bytes(255, 255, 255, 255, 255, 255), bytes(1, 0, 94, 0, 0, 1)])
      : nearAddress(random, macs, 6);
  return joinBytes(one(), one());
}
