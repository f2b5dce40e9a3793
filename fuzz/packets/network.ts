import { bytes, joinBytes, word16, word32, zeros } from '../../test/packets/bytes.js';
import { pick, type Random, randomBytes } from '../../test/packets/random.js';
import { chance } from '../seed.js';
import { type Constants, near, nearAddress } from './constants.js';
import { authentication, makeTransport, type Transport } from './payload.js';

/** What a link header carries: an EtherType, or `llc` for a frame whose type field is its length. */
export interface Payload {
  readonly type: number | 'llc';
  readonly bytes: Uint8Array;
}

const linkTypes: readonly (readonly [string, number])[] = [
  ['atalk', 0x809b],
  ['aarp', 0x80f3],
  ['decnet', 0x6003],
  ['lat', 0x6004],
  ['sca', 0x6007],
  ['moprc', 0x6002],
  ['mopdl', 0x6001],
  ['lldp', 0x88cc],
  ['slow', 0x8809],
  ['loopback', 0x9000],
  ['ipx', 0x8137],
];
const llcWords = [
  'llc',
  'stp',
  'iso',
  'ipx',
  'netbeui',
  'clnp',
  'esis',
  'isis',
  'l1',
  'l2',
  'iih',
  'lsp',
  'snp',
];
const serviceAccessPoints = [0x42, 0x06, 0xe0, 0xf0, 0xfe, 0xaa, 0xff, 0] as const;

/** A network packet that the filter may be about. */
export function makeNetwork(random: Random, constants: Constants): Payload {
  const { words } = constants;
  const isLlc = [...words].some(
    (word) => llcWords.includes(word) || /^(es-is|is-is|csnp|psnp)$/.test(word),
  );
  const mentioned = linkTypes.filter(([name]) => words.has(name));
  if (isLlc && chance(random, 50)) return llcFrame(random, constants);
  const chosen = mentioned[random(mentioned.length)];
  if (chosen !== undefined && chance(random, 50)) return typed(random, constants, chosen[1]);
  const asksArp = words.has('arp') || words.has('rarp');
  const kind = random(asksArp ? 130 : 100);
  if (kind < 52) return ip4(random, constants);
  if (kind < 82) return ip6(random, constants);
  if (kind < 88) return typed(random, constants, near(random, constants.numbers, 65536));
  if (kind < 92) return llcFrame(random, constants);
  return arp(random, constants);
}

/** IPv4 around a transport: header length, fragment and version right most of the time. */
export function ip4(random: Random, constants: Constants, inside?: Transport): Payload {
  const transport = inside ?? makeTransport(random, constants);
  const headerWords = chance(random, 80) ? 5 : random(16);
  const version = chance(random, 96) ? 4 : random(16);
  const options = zeros(chance(random, 80) ? Math.max(0, headerWords - 5) * 4 : 0);
  const fragment = chance(random, 80)
    ? pick(random, [0, 0x4000])
    : pick(random, [0x2000, 1, 0x1fff, 0x20b9]);
  const header = joinBytes(
    bytes((version << 4) | headerWords, random(256)),
    word16(20 + options.length + transport.bytes.length),
    word16(random(65536)),
    word16(fragment),
    bytes(near(random, constants.numbers, 256), transport.protocol, 0, 0),
    nearAddress(random, constants.addresses4, 4),
    nearAddress(random, constants.addresses4, 4),
  );
  return { type: 0x0800, bytes: joinBytes(header, options, transport.bytes) };
}

/** IPv6 around a transport, with a chain of extension headers now and then. */
export function ip6(random: Random, constants: Constants, inside?: Transport): Payload {
  let { protocol, bytes: body } = inside ?? makeTransport(random, constants);
  const likely = constants.words.has('protochain') ? 70 : 20;
  const most = chance(random, 3) ? 80 : 4;
  for (let count = chance(random, likely) ? 1 + random(most) : 0; count > 0; count--) {
    const extension = pick(random, [0, 43, 44, 60, 44, 51]);
    body =
      extension === 51
        ? authentication(random, protocol, body)
        : joinBytes(bytes(protocol, ...extensionLength(random, extension)), body);
    protocol = extension;
  }
  const version = chance(random, 96) ? 6 : random(16);
  const header = joinBytes(
    word32(version * 2 ** 28 + random(2 ** 20)),
    word16(body.length),
    bytes(protocol, near(random, constants.numbers, 256)),
    nearAddress(random, constants.addresses6, 16),
    nearAddress(random, constants.addresses6, 16),
  );
  return { type: 0x86dd, bytes: joinBytes(header, body) };
}

/** The rest of an extension header of one or two times 8 bytes; a fragment header has no length. */
function extensionLength(random: Random, extension: number): readonly number[] {
  if (extension === 44) return [0, 0, random(3) === 0 ? random(256) : 0, 1, 2, 3, 4];
  const words = random(4) === 0 ? 1 : 0;
  return [chance(random, 92) ? words : random(256), ...zeros(6 + words * 8)];
}

function arp(random: Random, constants: Constants): Payload {
  const address = () => nearAddress(random, constants.addresses4, 4);
  return {
    type: pick(random, [0x0806, 0x0806, 0x8035]),
    bytes: joinBytes(
      bytes(0, 1, 8, 0, 6, 4, 0, near(random, constants.numbers, 5)),
      ...[randomBytes(random, 6), address(), randomBytes(random, 6), address(), zeros(18)],
    ),
  };
}

function typed(random: Random, constants: Constants, type: number): Payload {
  if (type === 0x6003 && chance(random, 80)) return decnet(random, constants);
  return { type, bytes: randomBytes(random, 46) };
}

/** DECnet routing headers, long and short, with and without a byte of padding (gen_dnhostop). */
function decnet(random: Random, { addresses4 }: Constants): Payload {
  const address = () => {
    const [area = 0, node = 0] = addresses4[random(addresses4.length)] ?? [1, random(256)];
    const number = area * 1024 + node + (chance(random, 20) ? 1 : 0);
    return bytes(number, number >>> 8);
  };
  const padding = chance(random, 50) ? bytes(0x81) : zeros(0);
  const long = joinBytes(bytes(6), zeros(6), address(), zeros(6), address(), zeros(8));
  const short = joinBytes(bytes(2), address(), address(), zeros(8));
  const flags = chance(random, 85) ? pick(random, [long, short]) : randomBytes(random, 24);
  return { type: 0x6003, bytes: joinBytes(bytes(40, 0), padding, flags, zeros(16)) };
}

/** An LLC header, SNAP or not, and what the ISO protocols put behind it. */
function llcFrame(random: Random, { numbers }: Constants): Payload {
  const point = chance(random, 60) ? pick(random, serviceAccessPoints) : near(random, numbers, 256);
  const source = chance(random, 75) ? point : random(256);
  const control = chance(random, 50) ? 3 : random(256);
  if (point === 0xaa && chance(random, 80)) {
    const organisation = pick(random, [0, 0x080007, 0x00000c]);
    const type = pick(random, [0x0800, 0x8137, 0x809b, 0x80f3, near(random, numbers, 65536)]);
    return {
      type: 'llc',
      bytes: joinBytes(
        bytes(0xaa, 0xaa, 3, 0),
        word16(organisation & 0xffff),
        word16(type),
        zeros(40),
      ),
    };
  }
  const iso = joinBytes(bytes(pick(random, [0x81, 0x82, 0x83])), zeros(3), bytes(random(64)));
  return {
    type: 'llc',
    bytes: joinBytes(bytes(point, source, control), iso, randomBytes(random, 30)),
  };
}
