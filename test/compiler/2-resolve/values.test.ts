import * as assert from 'uvu/assert';
import { describe } from '../../support/suite.js';
import { resolveText, show } from './show.js';

/** What each kind of value means. */
// biome-ignore format: a table
const meanings: readonly (readonly [filter: string, meaning: string])[] = [
  ['', 'everything'],
  [' # nothing', 'everything'],
  // Hosts and nets.
  ['host 10.1.2.3', 'ip|arp|rarp either a010203/ffffffff'],
  ['arp host 010.1.2.3', 'arp either a010203/ffffffff'],
  ['host 10', 'ip|arp|rarp either a/ffffffff'],
  ['src 0x0a000001', 'ip|arp|rarp source a000001/ffffffff'],
  ['net 10', 'ip|arp|rarp either a000000/ff000000'],
  ['net 0', 'ip|arp|rarp either 0/ffffffff'],
  ['net 0x7f000001', 'ip|arp|rarp either 7f000001/ffffffff'],
  ['net 10.1', 'ip|arp|rarp either a010000/ffff0000'],
  ['net 10.1.2', 'ip|arp|rarp either a010200/ffffff00'],
  ['net 10.0.0.0', 'ip|arp|rarp either a000000/ffffffff'],
  ['host 10.1', 'ip|arp|rarp either a010000/ffff0000'],
  ['ip dst net 10.0.0.0/8', 'ip destination a000000/ff000000'],
  ['net 0.0.0.0/0', 'ip|arp|rarp either 0/0'],
  ['net 10.0.5.0 mask 255.0.255.0', 'ip|arp|rarp either a000500/ff00ff00'],
  ['net 1.2.3.4/32', 'ip|arp|rarp either 1020304/ffffffff'],
  ['host \\1.2.3.4', 'ip|arp|rarp either 1020304/ffffffff'],
  ['ip6 host 1:2:3:4:5:6:7:8', 'ip6 either 10002:30004:50006:70008/ffffffff:ffffffff:ffffffff:ffffffff'],
  ['host ::ffff:1.2.3.4', 'ip6 either 0:0:ffff:1020304/ffffffff:ffffffff:ffffffff:ffffffff'],
  ['host 1::8/128', 'ip6 either 10000:0:0:8/ffffffff:ffffffff:ffffffff:ffffffff'],
  ['src net 2001:db8::/33', 'ip6 source 20010db8:0:0:0/ffffffff:80000000:0:0'],
  ['net ::/0', 'ip6 either 0:0:0:0/0:0:0:0'],
  // MAC addresses.
  ['ether host 0:11:2:3:4:ff', 'ether either 0.17.2.3.4.255'],
  ['link src 00-11-22-33-44-55', 'ether source 0.17.34.51.68.85'],
  ['ether dst 0011.2233.4455', 'ether destination 0.17.34.51.68.85'],
  ['ether src and dst 1.2.3.4.5.6', 'ether both 1.2.3.4.5.6'],
  ['ether host 001122334455', 'ether either 0.17.34.51.68.85'],
  // Ports.
  ['port 017', '6|17|132 either 15-15'],
  ['sctp src port 0x50', '132 source 80-80'],
  ['port tcp-syn', '6|17|132 either 2-2'],
  ['port \\080', '6|17|132 either 80-80'],
  ['portrange 90-80', '6|17|132 either 80-90'],
  ['portrange 010-020', '6|17|132 either 8-16'],
  ['udp portrange 80', '17 either 80-80'],
  // Protocols.
  ['proto 6', 'ip|ip6 proto 6'],
  ['ip proto \\tcp', 'ip proto 6'],
  ['ip6 proto \\ipv6-icmp', 'ip6 proto 58'],
  ['ip proto gre or OSPFIGP', '(ip proto 47 or ip proto 89)'],
  ['ether proto 0x88cc', 'link-type 0x88cc'],
  ['ether proto \\stp', 'link-type 0x42'],
  ['link proto lldp or slow or loopback', '(link-type 0x88cc or link-type 0x8809 or link-type 0x9000)'],
  // Protocols alone.
  ['tcp or udp or sctp or ah or esp or pim', '(ip|ip6 proto 6 or ip|ip6 proto 17 or ip|ip6 proto 132 or ip|ip6 proto 51 or ip|ip6 proto 50 or ip|ip6 proto 103)'],
  ['icmp or igmp or igrp or vrrp or carp', '(ip proto 1 or ip proto 2 or ip proto 9 or ip proto 112 or ip proto 112)'],
  ['icmp6', 'ip6 proto 58'],
  ['ip or ip6 or arp or rarp', '(link-type 0x800 or link-type 0x86dd or link-type 0x806 or link-type 0x8035)'],
  ['lat or iso', '(link-type 0x6004 or link-type 0xfe)'],
  // Others.
  ['broadcast', 'ether destination 255.255.255.255.255.255'],
  ['ether multicast', 'ether-multicast'],
  ['ip multicast or ip6 multicast', '(ip multicast or ip6 multicast)'],
  ['less 64', 'len <= 64'],
  ['greater 0x40', 'len >= 64'],
  ['byte 12 = 8', 'link[12:1] = 8'],
  ['byte 0 & 1', '(link[0:1] & 1) != 0'],
  ['byte 0 > 1', 'link[0:1] > 1'],
  // Accessors.
  ['ether[0:4] = 1', 'link[0:4] = 1'],
  ['wlan[0] == 1', 'link[0:1] = 1'],
  ['icmp[icmptype] != icmp-echo', 'icmp[0:1] != 8'],
  ['tcp[tcpflags] & (tcp-syn|tcp-fin) != 0', '(tcp[13:1] & (2 | 1)) != 0'],
  ['ip[2:2] - ((ip[0]&0xf)<<2) >= len', '(ip[2:2] - ((ip[0:1] & 15) << 2)) >= len'],
  ['(len) = ((4294967295))', 'len = 4294967295'],
  ['udp[4:2]>ip[0]-1', 'udp[4:2] > (ip[0:1] - 1)'],
];

describe('values', (test) => {
  for (const [filter, meaning] of meanings)
    test(filter || 'the empty filter', () => assert.is(show(filter), meaning));

  test('ip broadcast asks for all host bits clear or set', () => {
    const options = { link: 'ethernet', netmask: 0xffffff00 } as const;
    const expected = '((ip[16:4] & 255) = 0 or (ip[16:4] & 255) = 255)';
    assert.is(show('ip broadcast', options), expected);
  });

  test('what is legal but surprises is warned about', () => {
    const codes = (filter: string) => resolveText(filter).diagnostics.map(({ code }) => code);
    assert.equal(codes('host 10.1'), ['partial-address']);
    assert.equal(codes('net 10.1'), []);
    assert.equal(codes('tcp or udp and port 53'), ['equal-precedence']);
    assert.equal(codes('tcp and port 53 or udp'), []);
    assert.equal(codes('tcp or (udp and port 53)'), []);
  });
});
