import * as assert from 'uvu/assert';
import { parseFilter } from '../../../compiler/1-parse/parse.js';
import type * as Ast from '../../../compiler/ast/nodes.js';
import { describe } from '../../support/suite.js';
import { resolveText } from '../2-resolve/show.js';

/** What `host <text>` holds: the lexer's class and the token. */
function tokenOf(text: string): readonly [string, string] | undefined {
  const { node } = parseFilter(`host ${text}`);
  if (node?.kind !== 'qualified' || node.operand?.kind !== 'literal') return undefined;
  return [node.operand.form, node.operand.text];
}

const forms: Readonly<Record<Ast.Literal['form'], readonly string[]>> = {
  file: [],
  number: [
    '80',
    '0x1F',
    '0X1f',
    '017',
    '08',
    'tcp-syn',
    'icmp6-echo',
    '12345678901',
    '0010203040506',
  ],
  ip4: ['10.1', '10.1.2', '10.1.2.3', '0x0a.1', '300.1', '01.02.03.04'],
  ip6: [
    '::',
    '::1',
    '1::',
    '1::8',
    '1:2:3:4:5:6:7:8',
    '::1.2.3.4',
    '1:2:3:4:5:6:1.2.3.4',
    '1::2:3:1.2.3.4',
  ],
  mac: [
    '1:2:3:4:5:6',
    'aa-bb-cc-dd-ee-ff',
    '1.2.3.4.5.6',
    '0011.2233.4455',
    '001122334455',
    '010203040506',
    '1:2:3:',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
  ],
  arcnet: ['$5', '$ab'],
  name: [
    'a',
    'len-1',
    '1-1',
    'a_b',
    'tcp6',
    'TCP',
    'AND',
    '0x',
    '1.2.3.4.5',
    '10.1.2.3.',
    '80-90',
    'host2',
    'tcp-psh',
    'es-is2',
    'vlan.5',
  ],
  escaped: [],
};

describe('tokens', (test) => {
  for (const [form, texts] of Object.entries(forms))
    for (const text of texts)
      test(`${text} is of form ${form}`, () => assert.equal(tokenOf(text), [form, text]));

  test("the name of a file behind 'in @' ends at a blank or a parenthesis", () => {
    assert.equal(tokenOf('in @a/b-1.txt'), ['file', 'a/b-1.txt']);
    assert.equal(tokenOf('in @hosts\tor 10.0.0.1'), undefined);
    assert.equal(tokenOf('(in @hosts)'), undefined);
    assert.equal(tokenOf('in'), ['name', 'in']);
    assert.equal(tokenOf('in@hosts'), ['file', 'hosts']);
  });

  test('a backslash makes any word a name', () => {
    assert.equal(tokenOf('\\tcp'), ['escaped', 'tcp']);
    assert.equal(tokenOf('\\80'), ['escaped', '80']);
    assert.equal(tokenOf('\\a:b[c]'), ['escaped', 'a:b[c]']);
    assert.equal(tokenOf('\\tcp\r\n'), ['escaped', 'tcp']);
  });

  // biome-ignore format: a table
  const accepted = [
    'host ::1234and udp', 'host ::1or ip', 'ether host aa:bb:cc:dd:ee:ffand ip', 'ip[0]-1 = 3', 'ip [ 0 ] = 1',
    'udp[4:2]>ip[0]', 'host::1', '!tcp', 'not(tcp)', 'tcp&&udp||ip', 'ip[0]&0xf=5', 'ip[0]==5', 'tcp\tand\r\nudp', 'es-is', 'is-is',
    '-len = 1', 'tcp # and udp', '# a comment\ntcp # another\nor udp', 'ip[0:2]=1', '1=1', '- - 1 = 1',
  ];
  for (const filter of accepted)
    test(`reads ${JSON.stringify(filter)}`, () =>
      assert.equal(parseFilter(filter).diagnostics, []));

  // biome-ignore format: a table
  const refused = [
    'host ::12345', 'port 80-', 'portrange 80 -90', 'net 1.2.3.4.', 'host 1:2:3', 'tcp=', 'ip[0', 'tcp&udp', 'tcp|udp',
    'ip6 mask 5', 'ether[0:]', 'ip[1:2:3] = 1', '$', '\\', 'host $abc', 'host 1::2::3 and', 'tcp port80', 'notip', '=5', 'len === 5',
  ];
  for (const filter of refused)
    test(`refuses ${JSON.stringify(filter)}`, () =>
      assert.is(resolveText(filter).formula, undefined));

  test('reads every production, supported or not', () => {
    // biome-ignore format: a table
    const productions = [
      'vlan', 'vlan 100', 'vlan (100)', 'mpls ((5))', 'pppoed', 'pppoes 7', 'geneve 1', 'vxlan', 'llc', 'llc ui', 'llc rnr',
      'llc \\i', 'inbound', 'outbound', 'ifindex 2', 'on em0', 'ifname em0', 'rset r', 'ruleset r', 'rnr 1', 'rulenum 1', 'srnr 2',
      'subrulenum 2', 'reason match', 'reason 0', 'action pass', 'type mgt', 'type 0 subtype 5', 'type mgt subtype beacon',
      'subtype beacon', 'dir tods', 'direction 1', 'wlan type data', 'wlan addr1 00:11:22:33:44:55', 'address4 1:2:3:4:5:6', 'ra 1:2:3:4:5:6',
      'ta 1:2:3:4:5:6', 'lane', 'metac', 'bcc', 'sc', 'ilmic', 'oam', 'oamf4', 'oamf4ec', 'oamf4sc', 'connectmsg', 'metaconnect',
      'vpi 5', 'vci > 5', 'vpi (5 or 6)', 'vci (5)', 'fisu', 'lssu', 'lsu', 'msu', 'hfisu', 'hlssu', 'hmsu', 'sio 1', 'opc != 2',
      'dpc (1 or 2 or 3)', 'sls 1', 'hsio 1', 'hopc 1', 'hdpc 1', 'hsls 1', 'gateway g', 'ip gateway g', 'ip protochain \\tcp',
      'protochain 6', 'iso proto \\clnp', 'isis proto 15', 'l1', 'l2', 'iih', 'lsp', 'snp', 'csnp', 'psnp', 'clnp', 'esis', 'isis',
      'stp', 'ipx', 'netbeui', 'radio[0] = 1', 'decnet src 1.2', 'ether host $5', 'byte 0 | 1', 'byte 0 == 1', 'slip[0] = 1', 'ppp proto 5',
    ];
    for (const filter of productions) assert.equal(parseFilter(filter).diagnostics, [], filter);
  });
});
