import { pick, type Random } from '../../test/packets/random.js';
import { splitTokens } from '../tokens.js';
import { type Words, words } from './words.js';

const keywords = words(
  'tcp udp ip ip6 arp ether link iso isis decnet radio aarp src dst host net port portrange proto protochain ' +
    'gateway mask and or not && || ! len less greater byte broadcast multicast vlan mpls pppoed pppoes geneve ' +
    'vxlan llc inbound ifindex type subtype dir vpi sio on reason ra addr1 lane',
);
const signs = words('( ) [ ] : / + - * % & | ^ << >> = == != < > <= >= $ \\');
const values = words(
  '0 1 4 3 31 32 255 256 4095 4096 65535 65536 1048576 16777216 4294967295 4294967296 99999999999 08 0x ' +
    '0xfffffffff 1.2.3.256 1.2 10.0.0.1/8 10.0.0.0/33 1.2.3.4.5 0x0a.1.1.1 ::1 ::1/129 1:2:3:4:5:6:7 ' +
    '1::2::3 ::g fe80::1/10 aa:bb:cc:dd:ee:ff 010203040506 80-90 80- -80 1-2-3 70000-80000 $5 $555 63.1024 ' +
    '\\tcp \\nosuch nosuch TCP tcp-psh icmp6-echo http len-1 1-1 x_y a.b',
);
const characters: Words = [
  ...words('@ ; " \' , ? { } ~ ` _ . - \\ # $ % ! : / [ ] ( ) < > = & | ^ * + \x01 \x7f'),
  ...['\r', '\n', '\t', 'é', 'ß', '漢', '🦊', '\u00a0', '\u2028'],
];

/** The filter with one to three mistakes; some of them leave it valid, with another meaning. */
export function mutateFilter(random: Random, text: string): string {
  let mutated = text;
  for (let count = 1 + random(3); count > 0; count--) mutated = mutateOnce(random, mutated);
  return mutated;
}

function mutateOnce(random: Random, text: string): string {
  const tokens = [...splitTokens(text)];
  const at = random(tokens.length + 1);
  switch (random(12)) {
    case 0:
      tokens.splice(at, 1 + random(3));
      break;
    case 1:
      tokens.splice(at, 0, ` ${pick(random, keywords)}`);
      break;
    case 2:
      tokens.splice(at, 0, ` ${pick(random, signs)}`);
      break;
    case 3:
      tokens.splice(at, 0, ` ${pick(random, values)}`);
      break;
    case 4:
      tokens.splice(at, 1, ` ${pick(random, keywords)}`);
      break;
    case 5:
      tokens.splice(at, 1, ` ${pick(random, random(2) === 0 ? values : signs)}`);
      break;
    case 6: // doubled
      tokens.splice(at, 0, tokens[at] ?? ' and');
      break;
    case 7: // exchanged with another
      tokens.splice(at, 1, ...tokens.splice(random(tokens.length + 1), 1, tokens[at] ?? ''));
      break;
    case 8:
      return text.slice(0, random(text.length + 1));
    case 9:
      return replaceCharacter(random, text, pick(random, characters));
    case 10:
      return replaceCharacter(random, text, '');
    default:
      return replaceNumber(random, tokens);
  }
  return tokens.join('');
}

/** `character` between two others, or instead of one. */
function replaceCharacter(random: Random, text: string, character: string): string {
  const at = random(text.length + 1);
  return text.slice(0, at) + character + text.slice(at + (character === '' ? 1 : random(2)));
}

function replaceNumber(random: Random, tokens: readonly string[]): string {
  const places = tokens.flatMap((token, index) => (/^\s*\d/.test(token) ? [index] : []));
  const place = places[random(places.length)];
  const value = pick(random, values);
  return tokens.map((token, index) => (index === place ? ` ${value}` : token)).join('');
}
