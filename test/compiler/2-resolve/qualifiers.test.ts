import * as assert from 'uvu/assert';
import { describe } from '../../support/suite.js';
import { show } from './show.js';

const any = '6|17|132 either';
const host = (hex: string) => `ip|arp|rarp either ${hex}/ffffffff`;

/** What a bare value means: pcap-filter(7) and grammar.y, each checked with libpcap. */
// biome-ignore format: a table
const inherited: readonly (readonly [filter: string, meaning: string])[] = [
  ['port 80 or 443', `(${any} 80-80 or ${any} 443-443)`],
  ['tcp dst port 21 or 20', '(6 destination 21-21 or 6 destination 20-20)'],
  ['host 1.1.1.1 and port 80 or 443', `(${host('1010101')} and ${any} 80-80 or ${any} 443-443)`],
  ['host 1.1.1.1 or (port 80 or 443) or 2.2.2.2', `(${host('1010101')} or (${any} 80-80 or ${any} 443-443) or ${host('2020202')})`],
  ['port not 80 or 443', `(not ${any} 80-80 or ${any} 443-443)`],
  ['not port 80 or 443', `(not ${any} 80-80 or ${any} 443-443)`],
  ['not host 1.1.1.1 and 2.2.2.2', `(not ${host('1010101')} and ${host('2020202')})`],
  ['src net (10 or 172.16/12 or 192.168/16)', '(ip|arp|rarp source a000000/ff000000 or ip|arp|rarp source ac100000/fff00000 or ip|arp|rarp source c0a80000/ffff0000)'],
  ['ether proto (\\ip or \\arp)', '(link-type 0x800 or link-type 0x806)'],
  ['host not 1.1.1.1', `not ${host('1010101')}`],
  ['src host not (1.1.1.1 or 2.2.2.2)', 'not (ip|arp|rarp source 1010101/ffffffff or ip|arp|rarp source 2020202/ffffffff)'],
  ['port (80 or (443 and 22))', `(${any} 80-80 or (${any} 443-443 and ${any} 22-22))`],
  ['port (80)', `${any} 80-80`],
  ['port ((80)) or ((443))', `(${any} 80-80 or ${any} 443-443)`],
  ['port 80 and (443)', `(${any} 80-80 and ${any} 443-443)`],
  ['port 80 and not 443', `(${any} 80-80 and not ${any} 443-443)`],
  ['port 80 and (not 443 or 22)', `(${any} 80-80 and (not ${any} 443-443 or ${any} 22-22))`],
  ['tcp port 80 or 443 and udp', '(6 either 80-80 or 6 either 443-443 and ip|ip6 proto 17)'],
  ['port 80 and (1) = 1', `(${any} 80-80 and 1 = 1)`],
  ['src 1.1.1.1 or ::1', '(ip|arp|rarp source 1010101/ffffffff or ip6 source 0:0:0:1/ffffffff:ffffffff:ffffffff:ffffffff)'],
  ['ip src or dst host 1.1.1.1', 'ip either 1010101/ffffffff'],
  ['dst and src port 5', '6|17|132 both 5-5'],
];

/** Where a value has nothing to inherit from. */
const orphans = [
  '(port 80) or 443',
  'port 80 and tcp or 443',
  'ip or 5',
  'host 1.1.1.1 and len > 5 and 2.2.2.2',
  'less 5 or 6',
];

describe('inherited qualifiers', (test) => {
  for (const [filter, meaning] of inherited) test(filter, () => assert.is(show(filter), meaning));
  for (const filter of orphans)
    test(`${filter}: nothing to inherit`, () => assert.is(show(filter), 'missing-qualifier'));
});
