import * as assert from 'uvu/assert';
import { lowerFormula } from '../../../compiler/3-lower/lower.js';
import { analyse } from '../../../compiler/compile.js';
import { type Explanation, explainFormula } from '../../../compiler/explain/explain.js';
import { printExplanation } from '../../../compiler/explain/print.js';
import type * as Ir from '../../../compiler/ir/nodes.js';
import { printProgram } from '../../../compiler/ir/print.js';
import { readCorpus } from '../../corpus/corpus.js';
import { dedent } from '../../support/programs.js';
import { describe } from '../../support/suite.js';

/** Netmask and link as the corpus has them. */
function analyseFor(filter: string, link: Ir.Link | undefined) {
  return analyse(filter, { netmask: 0xffffff00, ...(link && { link }) });
}

function explain(filter: string, link?: Ir.Link): Explanation {
  const { formula, diagnostics } = analyseFor(filter, link);
  assert.ok(formula, `${filter}: ${diagnostics.map(({ message }) => message).join()}`);
  return explainFormula(formula, link ?? 'ethernet');
}

/** A filter, and how it is written once it is understood. */
// biome-ignore format: a table
const written: readonly (readonly [string, string])[] = [
  ['', ''],
  ['tcp', 'tcp'],
  ['ip proto 6', 'ip proto 6'],
  ['ether proto 0x88cc', 'ether proto 0x88cc'],
  ['ether proto \\ip', 'ip'],
  ['host 10.1.2.3', 'src or dst host 10.1.2.3'],
  ['arp src 10.1', 'arp src net 10.1.0.0/16'],
  ['net 10.0.1.0 mask 255.0.255.0', 'src or dst net 10.0.1.0 mask 255.0.255.0'],
  ['net 0.0.0.0/0', 'src or dst net 0.0.0.0/0'],
  ['host ::1', 'ip6 src or dst host ::1'],
  ['host 1::', 'ip6 src or dst host 1::'],
  ['host 1:0:0:2:0:0:0:3', 'ip6 src or dst host 1:0:0:2::3'],
  ['host 10:0:10:0:1:0:0:0', 'ip6 src or dst host 10:0:10:0:1::'],
  ['dst net 2001:db8::/32', 'ip6 dst net 2001:db8::/32'],
  ['net ::/0', 'ip6 src or dst net ::/0'],
  ['broadcast', 'ether dst host ff:ff:ff:ff:ff:ff'],
  ['tcp dst port 80', 'tcp dst port 80'],
  ['src and dst portrange 90-80', 'src and dst portrange 80-90'],
  ['port 80 or 443 and tcp', '((src or dst port 80) or (src or dst port 443)) and tcp'],
  ['tcp or udp or icmp', 'tcp or udp or icmp'],
  ['tcp or (udp or icmp)', 'tcp or (udp or icmp)'],
  ['tcp and udp or icmp and ip', '((tcp and udp) or icmp) and ip'],
  ['not tcp and not (udp or icmp)', 'not tcp and not (udp or icmp)'],
  ['not host 10.1.2.3', 'not (src or dst host 10.1.2.3)'],
  ['not ip[0] = 69', 'not (ip[0] = 69)'],
  ['8 % 5 * 2 = 8', '8 % (5 * 2) = 8'],
  ['-6 % 4 = 1', '-(6 % 4) = 1'],
  ['1 - -2 = 3', '1 - (-2) = 3'],
  ['ip[0] & 0xf != 5', 'ip[0] & 0xf != 5'],
  ['link[0:2] > 1500', 'ether[0:2] > 1500'],
  ['less 100', 'len <= 100'],
  ['byte 0 & 1', 'ether[0] & 1 != 0'],
  ['tcp[tcpflags] & (tcp-syn|tcp-fin) != 0', 'tcp[13] & (2 | 1) != 0'],
  ['vlan 5 and mpls and ip', 'vlan 5 and mpls and ip'],
  ['pppoes 7 and ip', 'pppoes 7 and ip'],
  ['geneve or vxlan 42', 'geneve or vxlan 42'],
  ['llc UI', 'llc ui'],
  ['l1 or isis proto 15', 'l1 or isis proto 15'],
  ['clnp', 'iso proto 129'],
  ['decnet src 1.2', 'decnet src host 1.2'],
  ['ip6 protochain 6', 'ip6 protochain 6'],
  ['inbound and ifindex 2', 'inbound and ifindex 2'],
  ['ip broadcast', '(ip[16:4] & 0xff = 0) or (ip[16:4] & 0xff = 255)'],
];

describe('explain', (test) => {
  for (const [filter, expected] of written)
    test(`${filter} is written ${expected}`, () => {
      assert.is(explain(filter).filter, expected);
    });

  test('what is written is the same filter: the same program, and the same text again', () => {
    const others = ['raw', 'linux-sll', 'linux-sll2', 'null', 'ppp'] as const;
    let count = 0;
    for (const [index, { expression }] of readCorpus('filters').entries())
      for (const link of [undefined, others[index % others.length]]) {
        const { formula } = analyseFor(expression, link);
        if (formula === undefined) continue;
        const text = explainFormula(formula, link ?? 'ethernet').filter;
        const again = analyseFor(text, link).formula;
        assert.ok(again, `${expression} became ${text}`);
        assert.is(explainFormula(again, link ?? 'ethernet').filter, text);
        assert.is(
          printProgram(lowerFormula(again, link ?? 'ethernet')),
          printProgram(lowerFormula(formula, link ?? 'ethernet')),
          `${expression} became ${text}`,
        );
        count++;
      }
    assert.ok(count > 1000, `${count} filters`);
  });

  test('the terms in words, and the bytes they read', () => {
    const explanation = explain('vlan 5 and (tcp port 80 or not arp) and tcp[13] & 2 != 0');
    assert.is(
      printExplanation(explanation),
      dedent`
        vlan 5 and ((tcp src or dst port 80) or not arp) and (tcp[13] & 2 != 0)

        all of
          vlan 5: VLAN tag 5; what is to the right is about what it carries
              reads 12-13 (EtherType), 14-15 (VLAN tag)
          any of
            tcp src or dst port 80: TCP with source or destination port 80 (first fragments of IPv4, IPv6 without extension headers)
                reads 16-17 (EtherType), 24 (IPv6 next header), 58-59 (source port behind IPv6), 60-61
                (destination port behind IPv6), 27 (IPv4 protocol), 24-25 (IPv4 fragment offset), 18 (IP
                version and header length), IPv4 header length + 18-19 (source port), IPv4 header length +
                20-21 (destination port)
            not
              arp: ARP packet
                  reads 16-17 (EtherType)
          tcp[13] & 2 != 0: first TCP fragment over IPv4, in which tcp[13] & 2 is not 0
              reads 16-17 (EtherType), 27 (IPv4 protocol), 24-25 (IPv4 fragment offset), 18 (IP version and
              header length), IPv4 header length + 31

        bytes count from 0, the start of the packet: Ethernet
      `,
    );
  });

  test('bytes are those of the link type', () => {
    const { terms } = explain('host 10.0.0.1 or ip6', 'raw');
    assert.is(terms.kind, 'any of');
    const reads =
      terms.kind === 'term'
        ? []
        : terms.items.map((item) => (item.kind === 'term' ? item.reads : []));
    assert.equal(reads, [
      [
        { first: 0, last: 0, field: 'IP version and header length' },
        { first: 12, last: 15, field: 'IPv4 source address' },
        { first: 16, last: 19, field: 'IPv4 destination address' },
      ],
      [{ first: 0, last: 0 }],
    ]);
  });

  test('a tunnel moves what is inside to where the packet says', () => {
    const { terms } = explain('vxlan and tcp port 80');
    const inside = terms.kind === 'term' ? undefined : terms.items[1];
    assert.equal(inside?.kind === 'term' ? inside.reads.at(-1) : undefined, {
      from: 'start of the payload in vxlan + IPv4 header length',
      first: 2,
      last: 3,
      field: 'destination port',
    });
  });

  test('every primitive has words', () => {
    for (const { expression } of readCorpus('filters')) {
      const { formula } = analyseFor(expression, undefined);
      if (formula === undefined) continue;
      const text = printExplanation(explainFormula(formula, 'ethernet'));
      assert.not.match(text, /undefined|NaN|\[object/);
    }
  });
});
