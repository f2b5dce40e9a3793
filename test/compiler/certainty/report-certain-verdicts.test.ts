import * as assert from 'uvu/assert';
import { check } from '../../../compiler/compile.js';
import { textOf } from '../../../compiler/diagnostics/source.js';
import { readCorpus } from '../../corpus/corpus.js';
import { describe } from '../../support/suite.js';

/** A filter, and each part that is certain: code, the text it points at, message. */
type Certain = readonly [
  filter: string,
  ...warnings: readonly (readonly [code: string, place: string, message: string])[],
];

// biome-ignore format: a table
const certain: readonly Certain[] = [
  // The whole never matches: the smallest part that makes it so.
  ['port 80 and icmp', ['never-matches', 'icmp', "no packet matches 'port 80' and 'icmp' at once"]],
  ['ip and ip6', ['never-matches', 'ip6', "no packet matches 'ip' and 'ip6' at once"]],
  ['udp port 53 and tcp', ['never-matches', 'tcp', "no packet matches 'udp port 53' and 'tcp' at once"]],
  ['ip[0] > 300', ['never-matches', 'ip[0] > 300', "'ip[0] > 300' can never match"]],
  ['host 10.0.0.1 and len < 0 and tcp', ['never-matches', 'len < 0', "'len < 0' can never match"]],
  ['arp and len > 60 and src 10.0.0.1 and port 80', ['never-matches', 'port 80', "no packet matches 'arp' and 'port 80' at once"]],
  ['tcp and (udp or arp)', ['never-matches', 'udp or arp', "no packet matches 'tcp' and 'udp or arp' at once"]],
  ['vlan and arp and ip', ['never-matches', 'ip', "no packet matches 'arp' and 'ip' at once"]],
  ['mpls and ip and ip6', ['never-matches', 'ip6', "no packet matches 'ip' and 'ip6' at once"]],
  ['ip[0] > 300 or len < 0', ['never-matches', 'ip[0] > 300', "'ip[0] > 300' can never match"], ['never-matches', 'len < 0', "'len < 0' can never match"]],
  ['ether[-1] = 0 or ip', ['never-matches', 'ether[-1] = 0', "'ether[-1] = 0' can never match"]],
  ['not (ip or not ip)', ['never-matches', 'not (ip or not ip)', "'not (ip or not ip)' can never match"]],
  // A part never matches.
  ['tcp or ip[0] > 300', ['never-matches', 'ip[0] > 300', "'ip[0] > 300' can never match"]],
  ['tcp or (ip and ip6)', ['never-matches', 'ip6', "no packet matches 'ip' and 'ip6' at once"]],
  ['tcp and (icmp or port 80)', ['never-matches', 'icmp', "no packet matches 'tcp' and 'icmp' at once"]],
  ['vlan and arp and (ip or len > 5)', ['never-matches', 'ip', "no packet matches 'arp' and 'ip' at once"]],
  // Always.
  ['ip or not ip', ['always-matches', 'ip or not ip', "'ip or not ip' always matches"]],
  ['tcp and len >= 0', ['always-matches', 'len >= 0', "'len >= 0' always matches"]],
];

const open = [
  ...[
    '',
    'tcp',
    'port 80 and tcp',
    'ip or ip6',
    'tcp or udp',
    'not arp',
    'vlan and ip',
    'ip or (vlan and ip6)',
  ],
  ...[
    'ip and ether host 1:2:3:4:5:6',
    '(tcp or udp) and port 53',
    'vlan 2 and vlan 3',
    'geneve and ip',
  ],
];

/** Filters of cookbooks that do surprise, all of them for the same reason: `or` before `and`. */
const surprisingRecipes = [
  'dst port 135 or dst port 445 or dst port 1433 and tcp[tcpflags] & tcp-syn != 0 and tcp[tcpflags] & tcp-ack = 0 and src net 192.168.0.0/24',
  'vlan 100 and host 10.0.0.1 or vlan 200 and host 10.0.0.1',
];

describe('certain verdicts', (test) => {
  for (const [filter, ...warnings] of certain)
    test(filter, () => {
      const { diagnostics } = check(filter);
      const found = diagnostics.filter(({ code }) => /^(never|always)-matches$/.test(code));
      assert.equal(
        found.map(({ code, span, message }) => [code, textOf(filter, span), message]),
        warnings,
      );
    });

  for (const filter of open)
    test(`nothing is certain of '${filter}'`, () => {
      assert.equal(check(filter).diagnostics, []);
    });

  test('what only the link type decides is certain of the whole filter, not of its parts', () => {
    assert.is(check('arp', { link: 'raw' }).diagnostics[0]?.code, 'never-matches');
    assert.equal(check('tcp or arp', { link: 'raw' }).diagnostics, []);
    assert.equal(check('tcp and not arp', { link: 'raw' }).diagnostics, []);
    assert.is(check('tcp and ip6', { link: 'ipv4' }).diagnostics[0]?.code, 'never-matches');
    assert.equal(check('tcp and ip', { link: 'ipv4' }).diagnostics, []);
  });

  test('the search for a part ends, however large the filter', () => {
    const list = (count: number, sign: string) =>
      Array.from({ length: count }, (_, port) => `(tcp port ${port} and len ${sign} ${port})`).join(
        ' or ',
      );
    assert.equal(check(`(${list(150, '>')}) and tcp`).diagnostics, []);
    const ports = (count: number) => Array.from({ length: count }, (_, port) => port).join(' or ');
    const codes = (filter: string) => check(filter).diagnostics.map(({ code }) => code);
    assert.equal(codes(`tcp port (${ports(400)}) and udp`), ['never-matches']);
    assert.equal(codes(`tcp port (${ports(10_000)}) and udp`), []);
  });

  test('the recipes that people publish give no warning', () => {
    const recipes = readCorpus('filters').filter(({ id }) => id.startsWith('cookbook'));
    assert.ok(recipes.length >= 40);
    const surprising = recipes.filter(
      ({ expression }) =>
        !surprisingRecipes.includes(expression) && check(expression).diagnostics.length > 0,
    );
    assert.equal(surprising, []);
  });
});
