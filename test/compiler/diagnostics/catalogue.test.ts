import * as assert from 'uvu/assert';
import { type CompileOptions, check } from '../../../compiler/compile.js';
import { type DiagnosticCode, diagnosticCodes } from '../../../compiler/diagnostics/catalogue.js';
import { builtInResolver } from '../../../compiler/names/built-in.js';
import type { HostAnswer } from '../../../compiler/names/resolver.js';
import { describe } from '../../support/suite.js';

const hosts: Readonly<Record<string, HostAnswer>> = {
  six: ['::1'],
  down: 'not-answered',
  nowhere: 'unknown',
  crowd: Array.from({ length: 101 }, (_, index) => `10.0.0.${index}`),
};
const lists: Readonly<Record<string, string>> = {
  empty: '# none\n',
  wrong: '10.0.0.1\n10.0.0.256\n',
};
const resolver = {
  ...builtInResolver,
  host: (name: string) => hosts[name] ?? 'not-asked',
  list: (file: string) => lists[file],
};

/** A filter for every diagnostic, and what it is compiled for if that matters. */
// biome-ignore format: a table
const filters: { readonly [code in DiagnosticCode]: string | readonly [string, CompileOptions] } = {
  'filter-too-long': ' '.repeat(1024 * 1024 + 1),
  'nested-too-deep': `${'('.repeat(501)}tcp${')'.repeat(501)}`,
  'unexpected-token': 'tcp 80',
  'unexpected-character': '"tcp"',
  'unexpected-end': 'tcp port',
  unclosed: '(tcp',
  'unexpected-keyword': 'ip proto tcp',
  'missing-qualifier': '10.1.2.3',
  'display-filter': 'ip.addr == 10.1.2.3',
  'not-a-condition': 'tcp[13]',
  'not-a-number': 'len-1 = 3',
  'list-needs-values': 'port 80 and (443 and tcp)',
  'list-starts-with-parenthesis': 'port ((80 or 443) or 22)',
  'number-not-octal': 'port 08',
  'number-too-large': 'len = 4294967296',
  'invalid-ip4-address': 'host 300.1.1.1',
  'invalid-ip6-address': 'host 1:2:3:4:5:6:7::8',
  'invalid-mac-address': 'ether host 1:2:3:4:5:6:7',
  'prefix-too-long': 'net 10.0.0.0/33',
  'non-network-bits': 'net 10.0.0.1/8',
  'port-out-of-range': 'port 70000',
  'invalid-port-range': 'portrange 1-2-3',
  'protocol-out-of-range': 'proto 256',
  'ether-type-out-of-range': 'ether proto 1000',
  'number-out-of-range': 'vlan 4096',
  'byte-out-of-range': 'byte 0 = 256',
  'wrong-qualifier': 'tcp host 10.0.0.1',
  'mask-needs-net': 'host 10.0.0.0/8',
  'mac-needs-ether': 'host 00:11:22:33:44:55',
  'no-abbreviation': 'ether',
  'unknown-protocol': 'proto \\nothing',
  'unavailable-on-link': ['ether host 00:11:22:33:44:55', { link: 'raw' }],
  'unavailable-behind-labels': 'mpls and arp',
  'vlan-behind-labels': 'mpls and vlan',
  'chain-behind-tunnel': 'geneve and ip protochain 6',
  'needs-device': ['inbound', { link: 'ethernet' }],
  'interface-name-too-long': 'ifname sixteen-bytes-or-more',
  'unknown-llc-type': 'llc nothing',
  'invalid-decnet-address': 'decnet host 64.1',
  'netmask-unknown': 'ip broadcast',
  'list-not-read': 'host in @elsewhere',
  'list-empty': 'host in @empty',
  'wrong-in-list': 'host in @wrong',
  'unknown-service': 'port nothing',
  'service-of-other-protocol': 'udp port http',
  'unknown-network': 'net nothing',
  'unknown-ether-host': 'ether host nothing',
  'unknown-host': 'host nowhere',
  'host-not-asked': 'host example.org',
  'host-not-answered': 'host down',
  'no-address-of-family': 'ip host six',
  'too-many-addresses': 'host crowd',
  'invalid-size': 'tcp[0:3] = 1',
  'no-index': 'aarp[0] = 1',
  'division-by-zero': 'len / 0 = 1',
  'shift-too-far': '1 << 32 = 0',
  'expression-too-complex': `1${' + (1'.repeat(16)}${')'.repeat(16)} = 1`,
  'too-many-tunnels': 'geneve and geneve and geneve and geneve and geneve and geneve',
  'equal-precedence': 'tcp or udp and port 53',
  'network-without-mask': ['net whole', { resolver: { ...resolver, network: () => 0x0a000001 } }],
  'partial-address': 'host 10.1',
  'number-address': 'host 10',
  'host-net': 'net 10.0.0.0',
  shifted: 'vlan 2 or vlan 3',
  'dropped-guard': '1 + tcp[13] = 3',
  'ip4-accessor': 'ip6 and tcp[13] = 2',
  'negated-guard': 'not tcp[13] = 2',
  'always-divides-by-zero': '1 / (1 - 1) = 1',
  'never-matches': 'port 80 and icmp',
  'always-matches': 'ip or not ip',
};

describe('catalogue', (test) => {
  for (const code of diagnosticCodes)
    test(code, () => {
      const entry = filters[code];
      const [filter, options] = typeof entry === 'string' ? [entry, {}] : entry;
      const found = check(filter, { resolver, ...options }).diagnostics.find(
        (each) => each.code === code,
      );
      assert.ok(found, 'the filter calls for it');
      const { message, help, span } = found;
      assert.ok(span.start < span.end && span.end <= filter.length, 'its place is in the filter');
      assert.match(message, /^([^A-Z]|[A-Z]{2}).*[^.]$/, 'lower case, no full stop');
      if (help !== undefined) assert.match(help, /[^.]$/);
    });
});
