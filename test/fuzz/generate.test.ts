import * as assert from 'uvu/assert';
import { makeCase } from '../../fuzz/case.js';
import { generateFilter } from '../../fuzz/filters/generate.js';
import { mutateFilter } from '../../fuzz/filters/mutate.js';
import { links } from '../../fuzz/links.js';
import { study } from '../../fuzz/ours.js';
import { caseRandom } from '../../fuzz/seed.js';
import { oracleVersion } from '../oracle/oracle.js';
import { openOracle } from '../oracle/stream.js';
import { describe } from '../support/suite.js';

const filtersPerStyle = 100;
const styles = ['realistic', 'wide', 'deep'] as const;

/** libpcap's words for what only other links have. */
const linkReasons =
  /not supported on DLT|supported only on|not a live capture|valid for 802.11|radio information|netmask not known|in non-ether expression/;

const version = await oracleVersion();
const missing = version.startsWith('1.11') ? undefined : `this libpcap is ${version}, not 1.11`;

describe('generated filters', (test) => {
  for (const link of links)
    test.skipUnless(
      missing,
      `are accepted, or refused by both because of the link, ${link.name}`,
      async () => {
        const oracle = openOracle();
        let accepted = 0;
        try {
          for (let number = 0; number < filtersPerStyle * styles.length; number++) {
            const style = styles[number % styles.length] ?? 'deep';
            const random = caseRandom(3, number, 'filter');
            const text = generateFilter(random, { link: link.link, style, hasNetmask: false });
            const theirs = await oracle.ask({
              expression: text,
              linkType: link.number,
              packets: [],
            });
            if (theirs.kind === 'accepted') accepted += 1;
            else {
              assert.match(theirs.kind === 'rejected' ? theirs.message : '', linkReasons, text);
              assert.is(study({ text, link, netmask: undefined }).kind, 'rejected', text);
            }
          }
        } finally {
          await oracle.close();
        }
        assert.ok(accepted > 0.9 * filtersPerStyle * styles.length, `${accepted} accepted`);
      },
    );

  test('use every keyword of the language', () => {
    const texts = Array.from({ length: 15_000 }, (_, number) => makeCase(all, number).text).join(
      ' ',
    );
    const words = new Set(texts.match(/[a-z][a-z0-9-]*/g));
    const absent = keywords.split(/\s+/).filter((word) => !words.has(word));
    assert.equal(absent, []);
  });

  test('have mistakes put into them', () => {
    const text = 'tcp port 80 and (ip[2:2] > 100 or src net 10.0.0.0/8)';
    const mutated = Array.from({ length: 200 }, (_, number) =>
      mutateFilter(caseRandom(1, number, 'filter'), text),
    );
    assert.ok(new Set(mutated).size > 150);
    const wrong = mutated.filter(
      (each) => study({ text: each, link: links[0], netmask: 0 }).kind === 'rejected',
    );
    assert.ok(wrong.length > 120);
  });
});

describe('cases', (test) => {
  test('are the same for the same seed', () => {
    for (const number of [0, 7, 1234]) {
      assert.equal(makeCase(all, number), makeCase(all, number));
      assert.not.equal(makeCase(all, number).text, makeCase({ ...all, seed: 2 }, number).text);
    }
    assert.is(
      caseRandom(1, 5, 'filter')(2 ** 32),
      3466378200,
      'seeds mean the same on every machine',
    );
  });

  test('differ from one another', () => {
    const texts = Array.from({ length: 1000 }, (_, number) => makeCase(all, number).text);
    assert.ok(new Set(texts).size > 950);
  });
});

const all = { seed: 1, link: undefined };

/** The keywords of grammar/filter.peggy. */
const keywords = `and or not mask src dst host net port portrange proto protochain gateway broadcast multicast len length
  less greater byte vlan mpls pppoed pppoes geneve vxlan llc inbound outbound ifindex type subtype dir direction
  addr1 addr4 ra on ifname rset rulenum srnr reason action lane metac bcc oamf4 sc ilmic vpi vci connectmsg
  metaconnect fisu lssu hmsu sio opc dpc hsls ether link fddi tr wlan ppp slip ip ip6 tcp udp sctp icmp icmp6 igmp
  igrp pim vrrp carp ah esp arp rarp atalk aarp decnet lat sca moprc mopdl iso esis es-is isis is-is clnp l1 l2 iih
  lsp snp csnp psnp stp ipx netbeui radio lldp slow loopback tcpflags tcp-syn icmptype icmp6type`;
