import * as assert from 'uvu/assert';
import { textOf } from '../../../compiler/diagnostics/source.js';
import { describe } from '../../support/suite.js';
import { resolveText } from './show.js';

/** A filter, and each of its mistakes: code, the text it points at, message. */
type Wrong = readonly [filter: string, ...mistakes: readonly (readonly [string, string, string])[]];

// biome-ignore format: a table
const wrongFilters: readonly Wrong[] = [
  // Bare values.
  ['10.1.2.3', ['missing-qualifier', '10.1.2.3', "'10.1.2.3' does not say what it is"]],
  ['80', ['missing-qualifier', '80', "'80' does not say what it is"]],
  ['foo', ['missing-qualifier', 'foo', "'foo' does not say what it is"]],
  ['not 80', ['missing-qualifier', '80', "'80' does not say what it is"]],
  ['(80 or 443)', ['missing-qualifier', '80', "'80' does not say what it is"], ['missing-qualifier', '443', "'443' does not say what it is"]],
  ['tcp or 443', ['missing-qualifier', '443', "'443' does not say what it is"]],
  ['(port 80) or 443', ['missing-qualifier', '443', "'443' does not say what it is"]],
  ['port 80 and tcp or 443', ['missing-qualifier', '443', "'443' does not say what it is"]],
  ['host 10.0.0.1 and len > 5 and 10.0.0.2', ['missing-qualifier', '10.0.0.2', "'10.0.0.2' does not say what it is"]],
  ['10/8', ['not-a-condition', '10/8', "'10 / 8' is a number, not a condition"]],
  ['ip[0] & 0xf', ['not-a-condition', 'ip[0] & 0xf', "'ip[0] & 0xf' is a number, not a condition"]],
  ['tcp and len', ['not-a-condition', 'len', "'len' is a number, not a condition"]],
  ['-1', ['not-a-condition', '-1', "'-1' is a number, not a condition"]],
  // Lists.
  ['port 80 and (443 and tcp)', ['list-needs-values', 'tcp', "a list that starts with a bare value cannot hold 'tcp'"]],
  ['host ((1.1.1.1))', ['list-starts-with-parenthesis', '(1.1.1.1)', 'a list cannot start with parentheses']],
  ['port ((80 or 443) or 22)', ['list-starts-with-parenthesis', '(80 or 443)', 'a list cannot start with parentheses']],
  ['port 80 and ((443 or 22) or 23)', ['list-starts-with-parenthesis', '(443 or 22)', 'a list cannot start with parentheses']],
  // Literals.
  ['port 08', ['number-not-octal', '08', 'number 08 starts with 0 but is not octal']],
  ['len = 4294967296', ['number-too-large', '4294967296', 'number 4294967296 does not fit into 32 bits']],
  ['less 0x100000000', ['number-too-large', '0x100000000', 'number 0x100000000 does not fit into 32 bits']],
  ['host 300.1.1.1', ['invalid-ip4-address', '300.1.1.1', "'300.1.1.1' is not an IPv4 address"]],
  ['net 0x0a.1.1.1', ['invalid-ip4-address', '0x0a.1.1.1', "'0x0a.1.1.1' is not an IPv4 address"]],
  ['net 10.1 mask 255.256', ['invalid-ip4-address', '255.256', "'255.256' is not an IPv4 address"]],
  ['host ::1.2.3.256', ['invalid-ip6-address', '::1.2.3.256', "'::1.2.3.256' is not an IPv6 address"]],
  ['host 1:2:3:4:5:6:7::8', ['invalid-ip6-address', '1:2:3:4:5:6:7::8', "'1:2:3:4:5:6:7::8' is not an IPv6 address"]],
  ['ether host 1:2:3:4:5:6:7', ['invalid-mac-address', '1:2:3:4:5:6:7', "'1:2:3:4:5:6:7' is not a MAC address"]],
  ['net 10.0.0.0/33', ['prefix-too-long', '33', 'prefix length 33 is out of range']],
  ['net ::/129', ['prefix-too-long', '129', 'prefix length 129 is out of range']],
  ['net 10.0.0.1/8', ['non-network-bits', '10.0.0.1/8', "'10.0.0.1/8' has bits set outside its mask"]],
  ['net 10.1 mask 255.0', ['non-network-bits', '10.1 mask 255.0', "'10.1 mask 255.0' has bits set outside its mask"]],
  ['net 2001:db8::1/32', ['non-network-bits', '2001:db8::1/32', "'2001:db8::1/32' has bits set outside its mask"]],
  // Ranges.
  ['tcp port 70000', ['port-out-of-range', '70000', 'port 70000 is out of range']],
  ['portrange 1-65536', ['port-out-of-range', '1-65536', 'port 65536 is out of range']],
  ['portrange 1-2-3', ['invalid-port-range', '1-2-3', "'1-2-3' is not a range of ports"]],
  ['ip proto 256', ['protocol-out-of-range', '256', 'protocol 256 is out of range']],
  ['isis proto 32', ['number-out-of-range', '32', 'IS-IS PDU type 32 is out of range']],
  ['ether proto 256', ['ether-type-out-of-range', '256', 'link protocol 256 is out of range']],
  ['ether proto 65536', ['ether-type-out-of-range', '65536', 'link protocol 65536 is out of range']],
  ['byte 0 = 256', ['byte-out-of-range', '256', 'byte 256 is out of range']],
  // Qualifiers.
  ['tcp host 10.0.0.1', ['wrong-qualifier', 'tcp', "'tcp' cannot qualify an IPv4 address"]],
  ['ip host ::1', ['wrong-qualifier', 'ip', "'ip' cannot qualify an IPv6 address"]],
  ['ip6 host 10.0.0.1', ['wrong-qualifier', 'ip6', "'ip6' cannot qualify an IPv4 address"]],
  ['ip host (10.0.0.1 or ::2)', ['wrong-qualifier', '::2', "'ip' cannot qualify an IPv6 address"]],
  ['ip host 10.0.0.1 or ::1', ['wrong-qualifier', '::1', "'ip' cannot qualify an IPv6 address"]],
  ['ether host 10.0.0.1', ['wrong-qualifier', 'ether', "'ether' cannot qualify an IPv4 address"]],
  ['port 10.0.0.1', ['wrong-qualifier', 'port', "'port' cannot qualify an IP address"]],
  ['ip port 80', ['wrong-qualifier', 'ip', "'ip' cannot qualify 'port'"]],
  ['icmp portrange 1-2', ['wrong-qualifier', 'icmp', "'icmp' cannot qualify 'portrange'"]],
  ['tcp proto 6', ['wrong-qualifier', 'tcp', "'tcp' cannot qualify 'proto'"]],
  ['ip6 broadcast', ['wrong-qualifier', 'ip6', "'ip6' cannot qualify 'broadcast'"]],
  ['tcp multicast', ['wrong-qualifier', 'tcp', "'tcp' cannot qualify 'multicast'"]],
  ['host 10.0.0.0/8', ['mask-needs-net', '10.0.0.0/8', "'10.0.0.0/8' is a network"]],
  ['src 2001:db8::/32', ['mask-needs-net', '2001:db8::/32', "'2001:db8::/32' is a network"]],
  ['host 00:11:22:33:44:55', ['mac-needs-ether', '00:11:22:33:44:55', "'00:11:22:33:44:55' is a MAC address"]],
  ['ether', ['no-abbreviation', 'ether', "'ether' alone is not a condition"]],
  ['ip proto \\nothing', ['unknown-protocol', '\\nothing', "unknown protocol 'nothing'"]],
  ['ether proto \\tcp', ['unknown-protocol', '\\tcp', "unknown protocol 'tcp'"]],
  ['addr1 00:11:22:33:44:55', ['mac-needs-ether', '00:11:22:33:44:55', "'00:11:22:33:44:55' is a MAC address"]],
  ['wlan addr1 00:11:22:33:44:55', ['unavailable-on-link', 'addr1', "'addr1' is not available on Ethernet"]],
  ['type mgt', ['unavailable-on-link', 'type', "'type' is not available on Ethernet"]],
  ['ip broadcast', ['netmask-unknown', 'ip broadcast', "the netmask is not known, so 'ip broadcast' has no meaning"]],
  // Arithmetic.
  ['tcp[0:3] = 1', ['invalid-size', '3', 'cannot read 3 bytes']],
  ['aarp[0] = 1', ['no-index', 'aarp', "'aarp' has no bytes to index"]],
  ['len-1 = 3', ['not-a-number', 'len-1', "'len-1' is not a number"]],
  ['len = 010203040506', ['not-a-number', '010203040506', "'010203040506' is not a number"]],
  ['(tcp) + 1 = 2', ['not-a-number', 'tcp', "'tcp' is not a number"]],
  ['len / 0 = 1', ['division-by-zero', '0', 'division by zero']],
  ['len % (0 + 2) = 1', ['division-by-zero', '0 + 2', 'division by zero']],
  ['len / ip[0] = 1', ['division-by-zero', 'ip[0]', 'division by zero']],
  ['1 << 32 = 0', ['shift-too-far', '32', 'cannot shift by 32 bits']],
  ['1 << (32 - 1) = 0', ['shift-too-far', '32 - 1', 'cannot shift by 32 bits']],
  // Display filters.
  ['ip.addr == 10.1.2.3', ['display-filter', 'ip.addr', "'ip.addr' is a field of a Wireshark display filter"]],
  ['1 = tcp.port', ['display-filter', 'tcp.port', "'tcp.port' is a field of a Wireshark display filter"]],
  // Encapsulations and link types.
  ['vlan 4096', ['number-out-of-range', '4096', 'VLAN identifier 4096 is out of range']],
  ['mpls and arp', ['unavailable-behind-labels', 'arp', "'arp' is not available behind MPLS labels"]],
  ['mpls and vlan', ['vlan-behind-labels', 'vlan', "'vlan' cannot stand behind 'mpls'"]],
  ['vpi 5', ['unavailable-on-link', 'vpi', "'vpi' is not available on Ethernet"]],
  ['decnet host 64.1', ['invalid-decnet-address', '64.1', "'64.1' is not a DECnet address"]],
  // All at once, in the order of the text.
  [
    'port 99999 and host 300.1.1.1 or ip[0:3] = 1 and vlan 4096',
    ['port-out-of-range', '99999', 'port 99999 is out of range'],
    ['invalid-ip4-address', '300.1.1.1', "'300.1.1.1' is not an IPv4 address"],
    ['invalid-size', '3', 'cannot read 3 bytes'],
    ['number-out-of-range', '4096', 'VLAN identifier 4096 is out of range'],
  ],
];

const wrongOnRaw = [
  ['ether host 00:11:22:33:44:55', '00:11:22:33:44:55', 'ether host'],
  ['broadcast', 'broadcast', 'broadcast'],
  ['ether multicast', 'multicast', 'multicast'],
] as const;

/** A wrong filter, and the advice that comes with its first mistake. */
// biome-ignore format: a table
const advice: readonly (readonly [string, string])[] = [
  ['10.1.2.3', "write 'host 10.1.2.3'"],
  ['10.0.0.0/8', "write 'net 10.0.0.0/8'"],
  ['10/8', "write 'net 10.0.0.0/8'"],
  ['::1', "write 'host ::1'"],
  ['00:11:22:33:44:55', "write 'ether host 00:11:22:33:44:55'"],
  ['80', "write 'port 80' or 'proto 80'"],
  ['https', "write 'port https'"],
  ['tcp and dns', "write 'port domain'"],
  ['any', 'the empty filter matches every packet'],
  ['ipv6', "did you mean 'ip6'?"],
  ['syn', "write 'tcp[tcpflags] & tcp-syn != 0'"],
  ['icmp-echo', "write 'icmp[icmptype] = icmp-echo'"],
  ['10.0.0.1-10.0.0.5', "there are no ranges of addresses: write 'net 10.0.0.0/24', or both with 'or'"],
  ['host 10.0.0.0/8', "write 'net 10.0.0.0/8'"],
  ['host 10.0.0.1/32', "write 'host 10.0.0.1'"],
  ['net 10.0.0.1/8', "write '10.0.0.0/8'"],
  ['net 10.1 mask 255.0', "write '10.0.0.0 mask 255.0.0.0'"],
  ['net 2001:db8::1/32', "write '2001:db8::/32'"],
  ['port 080', 'write 80 for decimal'],
  ['port 80-90', "write 'portrange 80-90'"],
  ['tcp src 10.0.0.1', "write 'tcp and src 10.0.0.1'"],
  ['udp host ::1', "write 'udp and host ::1'"],
  ['ip port 80', "only 'tcp', 'udp', 'sctp' or no protocol stands before 'port': write 'ip and port …'"],
  ['port 10.0.0.1', "write 'host 10.0.0.1'"],
  ['gateway 10.0.0.1', "'gateway' takes the name of a host"],
  ['ip6 broadcast', "IPv6 has no broadcast: write 'ip6 multicast'"],
  ['icmp type 8', "write 'icmp[icmptype] = 8'"],
  ['len-1 = 3', "names can contain '-': write 'len - 1'"],
  ['len = 010203040506', "12 digits are a MAC address: write '0010203040506' for a number"],
  ['tcp[flags] & 2 != 0', "did you mean 'tcpflags'?"],
  ['tcp[13] & SYN != 0', "did you mean 'tcp-syn'?"],
  ['tcp[13] & 2', "compare it with something: '= 0', '!= 0' …"],
  ['ip.addr == 10.1.2.3', "write 'host 10.1.2.3'"],
  ['ip.dst != 10.1.2.3', "write 'not dst host 10.1.2.3'"],
  ['tcp.port == 80', "write 'tcp port 80'"],
  ['udp.srcport==53', "write 'udp src port 53'"],
  ['eth.addr == 00:11:22:33:44:55', "write 'ether host 00:11:22:33:44:55'"],
  ['frame.len > 100', "write 'len > 100'"],
  ['tcp.flags.syn == 1', "write 'tcp[tcpflags] & tcp-syn != 0'"],
  ['tcp.flags.ack == 0', "write 'tcp[tcpflags] & tcp-ack = 0'"],
];

describe('wrong filters', (test) => {
  for (const [filter, ...mistakes] of wrongFilters)
    test(filter, () => {
      const { formula, diagnostics } = resolveText(filter);
      assert.is(formula, undefined);
      assert.equal(
        diagnostics.map(({ code, span, message }) => [code, textOf(filter, span), message]),
        mistakes,
      );
    });

  for (const [filter, place, name] of wrongOnRaw)
    test(`${filter}, without link headers`, () => {
      const { diagnostics } = resolveText(filter, { link: 'raw' });
      assert.equal(
        diagnostics.map(({ code, span, message }) => [code, textOf(filter, span), message]),
        [['unavailable-on-link', place, `'${name}' is not available on raw IP`]],
      );
      assert.ok(resolveText(filter).formula);
    });

  for (const [filter, help] of advice)
    test(`what to write instead of ${filter}`, () => {
      const { diagnostics } = resolveText(filter);
      assert.is(diagnostics[0]?.severity, 'error');
      assert.is(diagnostics[0]?.help, help);
    });

  test('of very many mistakes the first are told', () => {
    const { formula, diagnostics } = resolveText('1.2'.concat(' or 1.2'.repeat(10_000)));
    assert.is(formula, undefined);
    assert.is(diagnostics.length, 100);
  });

  test('at most 16 intermediate values', () => {
    const nested = (count: number) => `1${' + (1'.repeat(count - 1)}${')'.repeat(count - 1)} = 1`;
    assert.ok(resolveText(nested(16)).formula);
    assert.equal(
      resolveText(nested(17)).diagnostics.map(({ code }) => code),
      ['expression-too-complex'],
    );
  });
});
