import * as assert from 'uvu/assert';
import { maximumParentheses } from '../../../compiler/1-parse/limits.js';
import { maximumCharacters, parseFilter } from '../../../compiler/1-parse/parse.js';
import { resolveFilter } from '../../../compiler/2-resolve/resolve.js';
import { printNode } from '../../../compiler/ast/print.js';
import { analyse, check } from '../../../compiler/compile.js';
import { describe } from '../../support/suite.js';

const nested = (depth: number, inner = 'tcp') => '('.repeat(depth) + inner + ')'.repeat(depth);

function codeOf(text: string): string | undefined {
  return parseFilter(text).diagnostics[0]?.code;
}

/** Milliseconds of parsing and resolving, which must be far below a second whatever the text. */
function timeOf(text: string): number {
  const start = performance.now();
  const { node, diagnostics } = parseFilter(text);
  if (diagnostics.length === 0) resolveFilter(node, { link: 'ethernet' });
  return performance.now() - start;
}

const list = (count: number, make: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => make(number)).join(' or ');
const fill = (unit: string) => unit.repeat(Math.floor(maximumCharacters / unit.length));

/** Texts as long as they may be, or lists as long as anybody's, and the first thing that is wrong or surprises. */
const enormous: readonly (readonly [name: string, text: string, code: string | undefined])[] = [
  ['10,000 parentheses', nested(10_000), 'nested-too-deep'],
  ['10,000 nots', `${'not '.repeat(10_000)}tcp`, 'nested-too-deep'],
  ['10,000 signs', `${'-'.repeat(10_000)}1 = 1`, 'nested-too-deep'],
  ['10,000 ports', list(10_000, (number) => `port ${number}`), undefined],
  ['50,000 ports', list(50_000, (number) => `port ${number}`), undefined],
  ['a list of 10,000 hosts', `host ${list(10_000, (n) => `10.0.${n >> 8}.${n & 255}`)}`, undefined],
  ['50,000 wrong ports', list(50_000, (number) => `port ${70_000 + number}`), 'port-out-of-range'],
  [
    '20,000 unknown services',
    list(20_000, (number) => `port no-such-${number}`),
    'unknown-service',
  ],
  ['10,000 warnings', list(10_000, () => 'tcp and udp'), 'equal-precedence'],
  ['10,000 tags', `${'vlan or '.repeat(10_000)}ip`, undefined],
  ['1 MiB of conditions', `tcp${fill(' or tcp').slice(7)}`, undefined],
  ['1 MiB of names', `a${fill(' or a').slice(5)}`, 'missing-qualifier'],
  ['1 MiB of conditions and a mistake', `tcp${fill(' or tcp').slice(14)} port`, 'unexpected-end'],
  ['1 MiB of one word', fill('a'), 'missing-qualifier'],
  ['1 MiB of digits', fill('1'), 'missing-qualifier'],
  ['1 MiB of blanks', fill(' '), undefined],
  ['1 MiB of line breaks', fill('#\n'), undefined],
  ['1 MiB of parentheses', fill('('), 'nested-too-deep'],
  ['1 MiB of closing parentheses', fill(')'), 'unexpected-token'],
  ['1 MiB of brackets', fill('ip['), 'nested-too-deep'],
  ['1 MiB of a sum', `1${fill(' + 1').slice(8)} = 1`, 'nested-too-deep'],
  ['1 MiB of remainders', `1${fill(' % 1').slice(8)} = 1`, 'nested-too-deep'],
  ['1 MiB of colons', fill(':'), 'unexpected-token'],
  ['1 MiB of half addresses', fill('1:'), 'missing-qualifier'],
  ['1 MiB of hyphens', `a${fill('-').slice(1)}`, 'unexpected-end'],
  ['1 MiB of quotes', fill('"'), 'unexpected-character'],
];

describe('limits', (test) => {
  test('parentheses nest as deep as the limit, through every phase', () => {
    const { node, diagnostics } = parseFilter(nested(maximumParentheses));
    assert.equal(diagnostics, []);
    assert.ok(node && resolveFilter(node, { link: 'ethernet' }).formula);
    assert.ok(node && printNode(node));
  });

  test('and no deeper; the parenthesis at fault is pointed at', () => {
    const { diagnostics } = parseFilter(nested(maximumParentheses + 1));
    assert.is(diagnostics[0]?.code, 'nested-too-deep');
    assert.equal(diagnostics[0]?.span, { start: maximumParentheses, end: maximumParentheses + 1 });
  });

  test('whatever nests too deep is a diagnostic, never a crash', () => {
    assert.is(codeOf(nested(100_000)), 'nested-too-deep');
    assert.is(codeOf(`${'ip['.repeat(600)}0${']'.repeat(600)} = 1`), 'nested-too-deep');
    assert.is(codeOf(`${'not '.repeat(100_000)}tcp`), 'nested-too-deep');
    assert.is(codeOf(`${'- '.repeat(100_000)}1 = 1`), 'nested-too-deep');
    assert.is(codeOf(`1${' + 1'.repeat(100_000)} = 1`), 'nested-too-deep');
    assert.is(codeOf(`1${' % 1'.repeat(100_000)} = 1`), 'nested-too-deep');
  });

  test('parentheses in comments do not count', () => {
    assert.equal(parseFilter(`tcp # ${'('.repeat(1000)}\nor udp`).diagnostics, []);
  });

  test('very long texts are refused unread', () => {
    assert.is(codeOf(' '.repeat(maximumCharacters)), undefined);
    assert.is(codeOf(' '.repeat(maximumCharacters + 1)), 'filter-too-long');
  });

  test('10,000 hosts take well under a second', () => {
    const hosts = Array.from({ length: 10_000 }, (_, i) => `host 10.0.${i >> 8}.${i & 255}`);
    assert.ok(timeOf(hosts.join(' or ')) < 2000);
  });

  test('nothing takes more than linear time', () => {
    const depth = maximumParentheses;
    const hostile = [
      nested(depth, 'tcp port 80 + 3'),
      `${'('.repeat(depth)}port`,
      nested(depth, '1 % 2 ^ 3'),
      '1:'.repeat(200_000),
      `a${'-'.repeat(500_000)}`,
      `port 80${' or (443'.repeat(400)}`,
      `${'not ('.repeat(400)}tcp${')'.repeat(400)} tcp`,
      `${'ip['.repeat(400)}0${']'.repeat(400)} = 1`,
      '::'.repeat(100_000),
      '\\'.repeat(100_000),
    ];
    for (const text of hostile) assert.ok(timeOf(text) < 2000, text.slice(0, 20));
  });

  for (const [name, text, code] of enormous)
    test(`${name}: an answer in bounded time`, () => {
      const start = performance.now();
      const { diagnostics } = check(text);
      const milliseconds = performance.now() - start;
      assert.is(diagnostics[0]?.code, code);
      assert.ok(diagnostics.length <= 200);
      for (const { span, message, help = '' } of diagnostics) {
        assert.ok(span.start < span.end && span.end <= text.length);
        assert.ok(message.length + help.length < 1000, 'a message is for reading');
      }
      // It takes below two seconds; this much more is for machines that are busy or slow.
      assert.ok(milliseconds < 10_000, `${milliseconds} ms`);
    });

  test('a program for 10,000 alternatives takes bounded time', () => {
    for (const make of [
      (number: number) => `port ${number}`,
      (number: number) => `host 10.0.${number >> 8}.${number & 255}`,
      (number: number) => `tcp[${number}] = 1`,
    ]) {
      const start = performance.now();
      assert.ok(analyse(list(10_000, make)).ir);
      const milliseconds = performance.now() - start;
      assert.ok(milliseconds < 30_000, `${make(1)}: ${milliseconds} ms`);
    }
  });
});
