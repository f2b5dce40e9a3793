import * as assert from 'uvu/assert';
import { textOf } from '../../../compiler/diagnostics/source.js';
import { builtInTables } from '../../../compiler/names/built-in.js';
import { type HostAnswer, tableResolver } from '../../../compiler/names/resolver.js';
import { joinTables, type NameTables } from '../../../compiler/names/tables.js';
import { describe } from '../../support/suite.js';
import { resolveText, show } from './show.js';

const hosts: ReadonlyMap<string, HostAnswer> = new Map<string, HostAnswer>([
  ['one', ['10.0.0.1']],
  ['many', ['fd00::9', '200.0.0.1', '10.0.0.2', 'fd00::2', '10.0.0.2']],
  ['six', ['fd00::1%eth0']],
  ['down', 'not-answered'],
  ['crowd', Array.from({ length: 101 }, (_, index) => `10.0.0.${index}`)],
]);

const ours: NameTables = {
  services: new Map([
    ['both', { tcp: 11, udp: 11 }],
    ['tcp-only', { tcp: 12 }],
    ['tcponly', { tcp: 12 }],
    ['udponly', { udp: 13 }],
    ['differ', { tcp: 14, udp: 15 }],
    ['80x', { tcp: 18 }],
  ]),
  protocols: new Map([
    ['foo', 200],
    ['large', 262],
  ]),
  networks: new Map([
    ['lan', 0x0a01_0200],
    ['low', 0x0000_0300],
    ['zero', 0],
  ]),
  ethers: new Map(
    ['one', 'many', 'six'].map((name, index) => [name, [0, 1, 2, 3, 4, index]] as const),
  ),
};

const resolver = tableResolver(
  joinTables(ours, builtInTables),
  (name) => hosts.get(name) ?? 'unknown',
);
const options = { link: 'ethernet', resolver } as const;

// biome-ignore format: a table
const meanings: readonly (readonly [filter: string, meaning: string])[] = [
  // Services: both protocols with one number are all protocols, SCTP included.
  ['port both', '6|17|132 either 11-11'],
  ['sctp src port both', '132 source 11-11'],
  ['port tcp-only', '6 either 12-12'],
  ['port udponly or differ', '(17 either 13-13 or 6 either 14-14)'],
  ['tcp dst port differ', '6 destination 14-14'],
  ['port http', '6 either 80-80'],
  ['port 80x', '6 either 18-18'],
  ['port \\080 or \\+5', '(6|17|132 either 80-80 or 6|17|132 either 5-5)'],
  ['portrange tcponly-80x', '6 either 12-18'],
  ['portrange 20-tcponly', '6|17|132 either 12-20'],
  ['udp portrange tcponly-20', '17 either 12-20'],
  ['sctp portrange tcponly-udponly', '132 either 12-13'],
  ['portrange \\80-90', '6|17|132 either 80-90'],
  ['portrange 08-0x10', '6|17|132 either 8-16'],
  // Protocols.
  ['ip6 proto foo', 'ip6 proto 200'],
  ['proto \\ip', 'ip|ip6 proto 0'],
  // Networks: all bits count, for names have no masks.
  ['net lan', 'ip|arp|rarp either a010200/ffffffff'],
  ['arp src net LAN', 'arp source a010200/ffffffff'],
  ['net low', 'ip|arp|rarp either 3000000/ffff0000'],
  // Hosts: IPv4 first, each family in ascending order, each address once.
  ['host one', 'ip|arp|rarp either a000001/ffffffff'],
  ['ip src many', '(ip source a000002/ffffffff or ip source c8000001/ffffffff)'],
  ['ip6 dst host many', '(ip6 destination fd000000:0:0:2/ffffffff:ffffffff:ffffffff:ffffffff or ip6 destination fd000000:0:0:9/ffffffff:ffffffff:ffffffff:ffffffff)'],
  ['src host six', 'ip6 source fd000000:0:0:1/ffffffff:ffffffff:ffffffff:ffffffff'],
  ['arp host (one or six or many)', 'no-address-of-family'],
  // Numeric hosts need nobody.
  ['ip host \\10', 'ip either a/ffffffff'],
  ['ip host \\010.1', 'ip either 8000001/ffffffff'],
  ['host \\1.2.3.4', 'ip|arp|rarp either 1020304/ffffffff'],
  ['ip6 host \\fe80::1%lo', 'ip6 either fe800000:0:0:1/ffffffff:ffffffff:ffffffff:ffffffff'],
  // Ethernet hosts and gateways.
  ['ether src ONE', 'ether source 0.1.2.3.4.0'],
  ['link host (one or six)', '(ether either 0.1.2.3.4.0 or ether either 0.1.2.3.4.2)'],
  ['arp gateway one', '(ether either 0.1.2.3.4.0 and (link-type 0x806 and not arp either a000001/ffffffff))'],
  ['ip gateway many', '(ether either 0.1.2.3.4.1 and (link-type 0x800 and not (ip either a000002/ffffffff or ip either c8000001/ffffffff)))'],
  ['gateway one', '(ether either 0.1.2.3.4.0 and ((link-type 0x800 and not ip either a000001/ffffffff) or (link-type 0x806 and not arp either a000001/ffffffff) or (link-type 0x8035 and not rarp either a000001/ffffffff)))'],
];

/** A filter, the code of its mistake, the text it points at, and a piece of its message or advice. */
// biome-ignore format: a table
const mistakes: readonly (readonly [filter: string, code: string, place: string, words: string])[] = [
  ['udp port http', 'service-of-other-protocol', 'http', "write 'tcp port http'"],
  ['sctp port differ', 'service-of-other-protocol', 'differ', "'differ' is known for tcp only"],
  ['tcp portrange udponly-udponly', 'service-of-other-protocol', 'udponly-udponly', 'known for udp only'],
  ['port htp', 'unknown-service', 'htp', "did you mean 'http'?"],
  ['port HTTP', 'unknown-service', 'HTTP', "did you mean 'http'?"],
  ['port nothing-like-it', 'unknown-service', 'nothing-like-it', 'write its port number'],
  ['port 80-90', 'unknown-service', '80-90', "write 'portrange 80-90'"],
  ['port \\70000', 'port-out-of-range', '\\70000', 'a port is 0 to 65535'],
  ['portrange 80-htp', 'unknown-service', 'htp', "did you mean 'http'?"],
  ['portrange \\one-80', 'unknown-service', 'one', "unknown service 'one'"],
  ['portrange ftp-data', 'unknown-service', 'data', "write 'port ftp-data'"],
  ['portrange tcp-only-80', 'invalid-port-range', 'tcp-only-80', 'name has a hyphen'],
  ['portrange http', 'invalid-port-range', 'http', "write 'port http'"],
  ['ip port http', 'wrong-qualifier', 'ip', "only 'tcp', 'udp', 'sctp' or no protocol"],
  ['ip proto fop', 'unknown-protocol', 'fop', "did you mean '\\foo'?"],
  ['ip proto \\6', 'unknown-protocol', '\\6', "unknown protocol '6'"],
  ['ip proto large', 'protocol-out-of-range', 'large', '0 to 255'],
  ['net LOOPBAK', 'unknown-network', 'LOOPBAK', "did you mean 'loopback'?"],
  ['net zero', 'unknown-network', 'zero', "write its address: 'net 10.1.0.0/16'"],
  ['net \\10.1', 'unknown-network', '\\10.1', "write 'net 10.1'"],
  ['ip6 net lan', 'wrong-qualifier', 'ip6', "'ip6' cannot qualify an IPv4 address"],
  ['host nowhere', 'unknown-host', 'nowhere', "unknown host 'nowhere'"],
  ['host down', 'host-not-answered', 'down', 'no answer about'],
  ['host crowd', 'too-many-addresses', 'crowd', 'more than 100 addresses'],
  ['ip host six', 'no-address-of-family', 'six', "host 'six' has no IPv4 address"],
  ['ip6 host \\1.2.3.4', 'no-address-of-family', '\\1.2.3.4', "host '1.2.3.4' has no IPv6 address"],
  ['tcp host one', 'wrong-qualifier', 'tcp', "'tcp' cannot qualify a host"],
  ['ether host mayn', 'unknown-ether-host', 'mayn', "did you mean 'many'?"],
  ['gateway six', 'no-address-of-family', 'six', 'no IPv4 address'],
  ['ip6 gateway one', 'wrong-qualifier', 'ip6', "'ip6' cannot qualify 'gateway'"],
  ['mpls and gateway one', 'unavailable-behind-labels', 'gateway', 'gateway'],
];

describe('names', (test) => {
  for (const [filter, meaning] of meanings)
    test(filter, () => assert.is(show(filter, options), meaning));

  for (const [filter, code, place, words] of mistakes)
    test(filter, () => {
      const { formula, diagnostics } = resolveText(filter, options);
      assert.is(formula, undefined);
      assert.equal(
        diagnostics.map((each) => [each.code, textOf(filter, each.span)]),
        [[code, place]],
      );
      const said = diagnostics.map(({ message, help }) => `${message}; ${help}`).join();
      assert.ok(said.includes(words), said);
    });

  test('without a resolver no host is looked up', () => {
    assert.is(show('host localhost'), 'host-not-asked');
    assert.is(show('port http'), '6 either 80-80');
  });

  test('a network that is one address is warned about', () => {
    const codes = (filter: string) =>
      resolveText(filter, options).diagnostics.map(({ code }) => code);
    assert.equal(codes('net lan'), ['network-without-mask']);
    assert.equal(codes('net low'), []);
  });

  test('names of Ethernet hosts need MAC addresses', () => {
    for (const filter of ['ether host one', 'gateway one'])
      assert.is(show(filter, { ...options, link: 'raw' }), 'unavailable-on-link');
  });
});
