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
  ['isis proto 32', ['protocol-out-of-range', '32', 'protocol 32 is out of range']],
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
  // Not yet.
  ['vlan 5 and ip', ['not-supported-yet', 'vlan', "'vlan' is not supported yet"]],
  ['ip protochain 6', ['not-supported-yet', 'protochain', "'protochain' is not supported yet"]],
  ['decnet host 1.2', ['not-supported-yet', 'decnet', "'decnet' as a qualifier is not supported yet"]],
  ['lat[0] = 1', ['not-supported-yet', 'lat', "'lat[…]' is not supported yet"]],
  ['esis', ['not-supported-yet', 'esis', "'esis' is not supported yet"]],
  // All at once, in the order of the text.
  [
    'port 99999 and host 300.1.1.1 or ip[0:3] = 1 and vlan',
    ['port-out-of-range', '99999', 'port 99999 is out of range'],
    ['invalid-ip4-address', '300.1.1.1', "'300.1.1.1' is not an IPv4 address"],
    ['invalid-size', '3', 'cannot read 3 bytes'],
    ['not-supported-yet', 'vlan', "'vlan' is not supported yet"],
  ],
];

const wrongOnRaw = [
  ['ether host 00:11:22:33:44:55', '00:11:22:33:44:55', 'ether host'],
  ['broadcast', 'broadcast', 'broadcast'],
  ['ether multicast', 'multicast', 'multicast'],
] as const;

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
        [
          [
            'unavailable-on-link',
            place,
            `'${name}' is not available on a link without link headers`,
          ],
        ],
      );
      assert.ok(resolveText(filter).formula);
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
