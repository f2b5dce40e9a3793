import * as assert from 'uvu/assert';
import { parseFilter } from '../../../compiler/1-parse/parse.js';
import { describeNode, printNode } from '../../../compiler/ast/print.js';
import { describe } from '../../support/suite.js';

function print(text: string): string {
  const { node, diagnostics } = parseFilter(text);
  assert.equal(diagnostics, [], text);
  return node ? printNode(node) : '';
}

/** Filters, and their canonical text where it is another. */
// biome-ignore format: a table
const filters: readonly (readonly [filter: string, canonical?: string])[] = [
  [''],
  ['tcp'],
  ['  tcp\n&&udp || ! ip # why', 'tcp and udp or not ip'],
  ['!!tcp', 'not not tcp'],
  ['tcp  dst port\t80', 'tcp dst port 80'],
  ['dst || src host 10.0.0.1', 'src or dst host 10.0.0.1'],
  ['src&&dst 10.0.0.1', 'src and dst 10.0.0.1'],
  ['port (80 or not (443 and ! 22))', 'port (80 or not (443 and not 22))'],
  ['net 10.0.0.0 / 8', 'net 10.0.0.0/8'],
  ['net 10.1 mask 255.255'],
  ['ip proto \\tcp or \\udp'],
  ['ether host AA-bb-cc-dd-ee-FF'],
  ['ip[ 0 : 2 ]==0x1F', 'ip[0:2] = 0x1F'],
  ['ip[2:2]-((ip[0]&0xf)<<2)!=0', 'ip[2:2] - ((ip[0] & 0xf) << 2) != 0'],
  ['- - len=length', '--len = len'],
  ['8%5*2=tcp-syn', '8 % 5 * 2 = tcp-syn'],
  ['((80))=80', '((80)) = 80'],
  ['ip broadcast'],
  ['less 5'],
  ['byte 0==5', 'byte 0 == 5'],
  ['byte 0&5', 'byte 0 & 5'],
  ['vlan (100)', 'vlan 100'],
  ['llc rnr'],
  ['wlan type mgt subtype beacon'],
  ['vpi (5||6)', 'vpi (5 or 6)'],
  ['vci >= 5'],
  ['ether host $5'],
  ['host \\a-b.c'],
];

describe('canonical text', (test) => {
  for (const [filter, canonical = filter] of filters)
    test(filter || 'the empty filter', () => {
      assert.is(print(filter), canonical);
      assert.is(print(canonical), canonical);
    });

  test('messages get a shortened text', () => {
    const { node } = parseFilter(Array(50).fill('tcp').join(' or '));
    assert.is(node && describeNode(node), 'tcp or tcp or tcp or tcp or tcp or tcp…');
  });
});
