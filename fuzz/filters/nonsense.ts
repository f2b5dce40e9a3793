import { pick, type Random } from '../../test/packets/random.js';
import { type Words, words } from './words.js';

const protocols: Words = [
  '',
  '',
  '',
  ...words('tcp udp sctp ip ip6 arp rarp ether link icmp iso isis decnet'),
];
const directions: Words = ['', '', 'src', 'dst', 'src or dst', 'dst and src', 'src&&dst'];
const types: Words = ['', ...words('host net port portrange proto protochain gateway')];
const values: Words = [
  ...words('80 443 0 10 255 256 70000 0x800 1500 1501 65535 65536 017 08 tcp-syn (80) ((80))'),
  ...words(
    '10.1.2.3 10.1 10 172.16/12 10.0.0.1/8 0.0.0.0/0 1.2.3.256 0x0a.1 10.0.0.0/33 63.1023 64.1',
  ),
  ...words('::1 1:2:3:4:5:6:7:8 2001:db8::/32 fe80::1/10 ::/0 ::1/128 ::ffff:1.2.3.4 ::/129'),
  ...words('aa:bb:cc:dd:ee:ff 1-2-3-4-5-6 0011.2233.4455 001122334455 1:2:3:4:5:6:7 $5'),
  ...words('80-90 90-80 0x50-90 010-20 0-65536 \\tcp \\clnp \\lldp http ftp-data TCP OSPFIGP gre'),
  ...['(80 or 443)', '(10.1 or 10.2.3)', 'not 80', '(not 80 and 443)', '(80 or (443 or 22))'],
  ...['((80 or 443) or 22)', '((10.1.1.1))', '10.0.0.0 mask 255.0.0.0', '10.1 mask 255.0'],
];
const connectives: Words = [' and ', ' or ', ' && ', '||'];
const keywords = words(
  'vlan mpls pppoed pppoes geneve vxlan llc inbound ifindex broadcast multicast',
);
const soup: Words = [
  ...words('tcp ip ether src dst host net port portrange proto ( ) ( ) and or not ! && || and or'),
  ...words('80 0 70000 08 10.1.2.3 10.1/16 ::1 aa:bb:cc:dd:ee:ff 80-90 80- len ip[0] tcp[13] ]'),
  ...words(
    '+ - * / % ^ & | << >> = == != < > <= >= [ : 1 2 4 tcp-syn broadcast less vlan mpls llc',
  ),
];

/** Words in an order that is nearly right: every qualifier with every value. */
export function combineQualifiers(random: Random): string {
  const one = () =>
    [protocols, directions, types, values]
      .map((each) => pick(random, each))
      .filter((word) => word !== '')
      .join(' ');
  let text = random(8) === 0 ? `${pick(random, keywords)} ${pick(random, values)}` : one();
  while (random(5) < 2)
    text += pick(random, connectives) + (random(3) === 0 ? pick(random, values) : one());
  return text;
}

/** Words in no order. */
export function makeSoup(random: Random): string {
  return Array.from({ length: 1 + random(6) }, () => pick(random, soup)).join(' ');
}
