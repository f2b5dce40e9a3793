import * as assert from 'uvu/assert';
import { maximumParentheses } from '../../../compiler/1-parse/limits.js';
import { maximumCharacters, parseFilter } from '../../../compiler/1-parse/parse.js';
import { resolveFilter } from '../../../compiler/2-resolve/resolve.js';
import { printNode } from '../../../compiler/ast/print.js';
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
});
