import { bytes, joinBytes, word16, word32, zeros } from '../../test/packets/bytes.js';
import { pick, type Random, randomBytes } from '../../test/packets/random.js';
import { chance } from '../seed.js';
import { type Constants, near } from './constants.js';
import { linkHeader, pointToPointType, typeField } from './link.js';
import { ip4, ip6, type Payload } from './network.js';

/** A payload inside one tag, label, session or tunnel header. */
export function encapsulate(
  random: Random,
  constants: Constants,
  keyword: string,
  inner: Payload,
): Payload {
  switch (keyword) {
    case 'vlan':
      return vlan(random, constants, inner);
    case 'mpls':
      return mpls(random, constants, inner);
    case 'pppoes':
    case 'pppoed':
      return pppoe(random, constants, keyword, inner);
    default:
      return tunnel(random, constants, keyword, inner);
  }
}

function vlan(random: Random, { numbers }: Constants, inner: Payload): Payload {
  const identifier = near(random, numbers, 4096) + (random(16) << 12);
  return {
    type: pick(random, [0x8100, 0x8100, 0x88a8, 0x9100, chance(random, 90) ? 0x8100 : 0x8101]),
    bytes: joinBytes(word16(identifier), word16(typeField(inner)), inner.bytes),
  };
}

/** The bottom-of-stack bit stands on the label before anything else than a label, but for mistakes. */
function mpls(random: Random, { numbers }: Constants, inner: Payload): Payload {
  const isBottom = chance(random, 90) ? inner.type !== 0x8847 : inner.type === 0x8847;
  const label = near(random, numbers, 2 ** 20);
  return {
    type: chance(random, 95) ? 0x8847 : 0x8848,
    bytes: joinBytes(
      word32(label * 4096 + random(8) * 512 + (isBottom ? 256 : 0) + 64),
      inner.bytes,
    ),
  };
}

function pppoe(random: Random, { numbers }: Constants, keyword: string, inner: Payload): Payload {
  const session = near(random, numbers, 65536);
  const frame = joinBytes(word16(pointToPointType(inner)), inner.bytes);
  return {
    type: keyword === 'pppoes' ? 0x8864 : 0x8863,
    bytes: joinBytes(bytes(0x11, 0), word16(session), word16(frame.length), frame),
  };
}

/** Geneve (RFC 8926) with options or none, around a frame or a network packet; VXLAN (RFC 7348). */
function tunnel(random: Random, constants: Constants, keyword: string, inner: Payload): Payload {
  const network = word32(near(random, constants.numbers, 2 ** 24) * 256);
  const isGeneve = keyword === 'geneve';
  const options = isGeneve ? (chance(random, 60) ? 0 : random(5)) : 0;
  const carriesFrame = !isGeneve || chance(random, 65);
  const frame = carriesFrame ? linkHeader(random, constants, 'ethernet', inner) : inner.bytes;
  const flags = chance(random, 92) ? (isGeneve ? options : 8) : random(256);
  const type = isGeneve ? (carriesFrame ? 0x6558 : typeField(inner)) : 0;
  const header = joinBytes(
    bytes(flags, 0),
    word16(type),
    network,
    randomBytes(random, options * 4),
  );
  const port = chance(random, 95)
    ? isGeneve
      ? 6081
      : 4789
    : near(random, constants.numbers, 65536);
  const segment = joinBytes(word16(random(65536)), word16(port), zeros(4), header, frame);
  const transport = { protocol: chance(random, 97) ? 17 : 6, bytes: segment };
  return random(2) === 0 ? ip4(random, constants, transport) : ip6(random, constants, transport);
}
