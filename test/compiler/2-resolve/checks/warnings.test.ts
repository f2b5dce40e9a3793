import * as assert from 'uvu/assert';
import { textOf } from '../../../../compiler/diagnostics/source.js';
import { describe } from '../../../support/suite.js';
import { resolveText } from '../show.js';

/** A filter, and each of its warnings: code, the text it points at, help if it is worth a look. */
type Surprising = readonly [
  filter: string,
  ...warnings: readonly (readonly [code: string, place: string, help?: string])[],
];

// biome-ignore format: a table
const surprising: readonly Surprising[] = [
  // `and` and `or`.
  ['tcp or udp and port 53', ['equal-precedence', 'port 53']],
  // Addresses.
  ['host 10.1', ['partial-address', '10.1', "write 'net 10.1.0.0/16' if that is meant"]],
  ['host 10', ['number-address', '10']],
  ['src 10 or 11', ['number-address', '10'], ['number-address', '11']],
  ['net 0', ['number-address', '0']],
  ['net 10.0.0.0', ['host-net', '10.0.0.0', "write 'net 10.0.0.0/8' for the network"]],
  ['net 192.168.1.0 or 172.16.0.0', ['host-net', '192.168.1.0', "write 'net 192.168.1.0/24' for the network"], ['host-net', '172.16.0.0', "write 'net 172.16.0.0/16' for the network"]],
  ['dst net 0.0.0.0', ['host-net', '0.0.0.0', "write 'net 0.0.0.0/0' for the network"]],
  // Headers that move what is on their right.
  ['vlan 2 or vlan 3', ['shifted', 'vlan 3', "write 'vlan and (ether[14:2] & 0xfff = 2 or ether[14:2] & 0xfff = 3)' for either tag"]],
  ['(vlan 2 or vlan 3) and ip', ['shifted', 'vlan 3'], ['shifted', 'ip']],
  ['vlan and ip or ip', ['shifted', 'ip', "write it to the left of 'vlan' to look where the packet starts"]],
  ['not vlan and tcp', ['shifted', 'tcp']],
  ['not (vlan or arp)', ['shifted', 'arp']],
  ['mpls or tcp', ['shifted', 'tcp']],
  ['pppoes or ip', ['shifted', 'ip']],
  ['geneve or ether[0] = 1', ['shifted', 'ether[0] = 1']],
  ['vlan or ip[0] = 1', ['shifted', 'ip[0] = 1']],
  // Accessors.
  ['1 + tcp[13] = 3', ['dropped-guard', 'tcp[13]']],
  ['ip[2:2] - tcp[12] = 0', ['dropped-guard', 'tcp[12]']],
  ['tcp and 1 + tcp[13] = 3', ['dropped-guard', 'tcp[13]']],
  ['ether[14 + ip[0]] = 3', ['dropped-guard', 'ip[0]']],
  ['tcp port 80 or ip[2:2] - tcp[12] = 0', ['dropped-guard', 'tcp[12]']],
  ['ip6 and tcp[13] & 2 != 0', ['ip4-accessor', 'tcp[13]', "in IPv6 packets without extension headers it is 'ip6[53]'"]],
  ['(net 10.0.0.0/8 or net 2001:db8::/32) and udp[4:2] > 100', ['ip4-accessor', 'udp[4:2]', "in IPv6 packets without extension headers it is 'ip6[44:2]'"]],
  ['icmp[0] = 8 and host ::1', ['ip4-accessor', 'icmp[0]', "write 'icmp6[…]' for ICMP over IPv6"]],
  ['not tcp[13] = 2', ['negated-guard', 'not tcp[13] = 2', "write '!=' without 'not' to match tcp only"]],
  ['ip and not (udp[0:2] > 53)', ['negated-guard', 'not (udp[0:2] > 53)', "write '<=' without 'not' to match udp only"]],
  // Divisors.
  ['1 / (1 - 1) = 1', ['always-divides-by-zero', '1 - 1']],
  ['len % -(1 - 1) = 1', ['always-divides-by-zero', '-(1 - 1)']],
];

const clean = [
  // Parentheses, one operator, the untagged test first.
  ...[
    '(tcp or udp) and port 53',
    'tcp and port 53 or icmp',
    'ip or (vlan and ip)',
    'vlan and vlan 3',
  ],
  ...['vlan 5 and (tcp or udp)', 'not (vlan and ip)', 'not vlan or ip', 'vlan 2 or len > 5'],
  ...[
    'vlan or ether host 1:2:3:4:5:6',
    'vlan or ether[0] = 1',
    'tcp and not vlan',
    'vlan 2 or inbound',
  ],
  // Whole addresses and nets.
  ...[
    'host 10.1.2.3',
    'host 0x0a000001',
    'net 10',
    'net 10.0.0.0/8',
    'net 10.1',
    'net 10.1.2.3',
    'host 0.0.0.0',
  ],
  ...['host 10.0.0.0'],
  // The protocol is certain.
  ...['tcp port 80 and ip[2:2] - tcp[12] = 0', 'tcp[13] + 1 = 3', 'tcp[tcp[12] >> 2] = 1'],
  ...['ip and tcp and 1 + tcp[13] = 3', 'tcp and not tcp[13] = 2', 'tcp[13] != 2', 'not ip[0] = 4'],
  ...['tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)'],
  // IPv6 is an alternative, not a condition.
  ...['ip6 or tcp[13] = 2', 'tcp[13] & 2 != 0', 'not ip6 and tcp[13] = 2'],
  ...['len / (2 - 1) = 3', 'len / (1 + len) = 0'],
];

describe('warnings', (test) => {
  for (const [filter, ...warnings] of surprising)
    test(filter, () => {
      const { formula, diagnostics } = resolveText(filter, { link: 'ethernet', hasDevice: true });
      assert.ok(formula);
      assert.equal(
        diagnostics.map(({ code, span }) => [code, textOf(filter, span)]),
        warnings.map(([code, place]) => [code, place]),
      );
      warnings.forEach(([, , help], index) => {
        if (help !== undefined) assert.is(diagnostics[index]?.help, help);
        assert.is(diagnostics[index]?.severity, 'warning');
      });
    });

  for (const filter of clean)
    test(`nothing surprises in ${filter}`, () => {
      const { formula, diagnostics } = resolveText(filter, { link: 'ethernet', hasDevice: true });
      assert.ok(formula);
      assert.equal(diagnostics, []);
    });
});
