import { bytes, joinBytes, word16, word32, zeros } from '../../test/packets/bytes.js';
import { pick, type Random, randomBytes } from '../../test/packets/random.js';
import { chance } from '../seed.js';
import { type Constants, near } from './constants.js';

/** What an IP header carries. */
export interface Transport {
  readonly protocol: number;
  readonly bytes: Uint8Array;
}

const named: readonly (readonly [string, number])[] = [
  ['tcp', 6],
  ['udp', 17],
  ['sctp', 132],
  ['icmp', 1],
  ['icmp6', 58],
  ['igmp', 2],
  ['igrp', 9],
  ['pim', 103],
  ['vrrp', 112],
  ['carp', 112],
  ['ah', 51],
  ['esp', 50],
];

/** A transport header that the filter may look for, and some bytes behind it. */
export function makeTransport(random: Random, constants: Constants): Transport {
  const protocol = pickProtocol(random, constants);
  const body = randomBytes(random, random(3) === 0 ? random(60) : 24);
  switch (protocol) {
    case 6:
      return {
        protocol,
        bytes: joinBytes(ports(random, constants), tcpRest(random, constants), body),
      };
    case 17:
    case 132:
      return { protocol, bytes: joinBytes(ports(random, constants), body) };
    case 51: // its first byte says what follows
      return { protocol, bytes: authentication(random, pickProtocol(random, constants), body) };
    default: {
      const type = near(random, constants.numbers, 256);
      return { protocol, bytes: joinBytes(bytes(type, random(3)), body) };
    }
  }
}

/** Both ports, from what the filter says; one that matches is enough. */
export function ports(random: Random, { numbers }: Constants): Uint8Array {
  const port = () => word16(near(random, numbers, 65536));
  return joinBytes(port(), port());
}

/** An authentication header of as many words as it says, or nearly. */
export function authentication(random: Random, next: number, rest: Uint8Array): Uint8Array {
  const words = random(5);
  const claimed = chance(random, 85) ? words + 1 : random(256);
  return joinBytes(bytes(next, claimed, 0, 0), word32(0x1000), zeros(words * 4), rest);
}

function pickProtocol(random: Random, { words, numbers }: Constants): number {
  const mentioned = named.filter(([name]) => words.has(name));
  const chosen = mentioned[random(mentioned.length)];
  if (chosen !== undefined && chance(random, 60)) return chosen[1];
  if (chance(random, 25)) return near(random, numbers, 256);
  return pick(random, [6, 6, 17, 17, 132, 1, 58, 2, 51]);
}

function tcpRest(random: Random, { numbers }: Constants): Uint8Array {
  const headerWords = chance(random, 75) ? 5 : random(16);
  const flags = chance(random, 60) ? near(random, numbers, 256) : pick(random, [2, 16, 18, 17, 24]);
  const options = zeros(chance(random, 80) ? Math.max(0, headerWords - 5) * 4 : 0);
  return joinBytes(
    word32(random(2 ** 31)),
    word32(1),
    bytes(headerWords << 4, flags),
    zeros(6),
    options,
  );
}
