import type { SyntaxError as PeggyError } from '../../grammar/parser.js';
import { isDisplayField, translateField } from '../ast/display-filter.js';
import { didYouMean } from '../ast/keywords.js';
import { diagnose } from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { findMisspelling, suggestFix } from './suggest.js';
import { readTokens, type Token } from './tokens.js';

/** Characters that are read behind an error to tell what was meant. */
const lookAhead = 1000;

/** What peggy found wrong, in our words and with the span of the token at fault. */
export function explainSyntaxError(text: string, error: PeggyError): Diagnostic {
  const offset = error.location.start.offset;
  const expected = describeExpected(error);
  const before = readTokens(text.slice(0, offset), offset);
  const [found, next] = readTokensFrom(text, offset);
  const field = before.findLast((token) => isDisplayField(token.text));
  if (field) return explainField(field, before, found, next);
  if (found === undefined) return explainEnd(text, before, expected);

  // A protocol where only one with an index is a number: `ip[tcp]`.
  const last = before.at(-1);
  if (last && expected.length === 1 && expected[0] === "'['")
    return diagnose(
      'unexpected-keyword',
      last.span,
      { text: last.text },
      `write '${last.text}[0]'`,
    );
  const misspelling = findMisspelling(before);
  if (misspelling) {
    const { text: word, span } = misspelling;
    return diagnose('unexpected-token', span, { text: word }, didYouMean(word));
  }
  const help = suggestFix({ before, found, next, expected }) ?? listExpected(expected);
  if (!/^[\w\\$+\-*/%:[\]!<>()&|^=]/.test(found.text))
    return diagnose('unexpected-character', found.span, { text: found.text }, help);
  const needsValue = expected.includes('a name') && /^[a-z]/.test(found.text);
  const isConnective = /^(and|or|not)$/.test(found.text);
  const code = needsValue && !isConnective ? 'unexpected-keyword' : 'unexpected-token';
  return diagnose(code, found.span, { text: found.text }, help);
}

/** The token at an offset, and the one behind it. */
function readTokensFrom(text: string, offset: number): readonly Token[] {
  const rest = text.slice(offset, offset + lookAhead);
  return readTokens(rest, rest.length)
    .slice(0, 2)
    .map(({ text: word, span }) => ({
      text: word,
      span: { start: offset + span.start, end: offset + span.end },
    }));
}

/** A display filter goes wrong behind the field, at a sign or a value that is not ours. */
function explainField(
  field: Token,
  before: readonly Token[],
  found: Token | undefined,
  next: Token | undefined,
): Diagnostic {
  const [sign, value] = [...before.slice(before.indexOf(field) + 1), found, next];
  const help = translateField(field.text, sign?.text, value?.text.replace(/^[{"'].*/, '…'));
  return diagnose('display-filter', field.span, { text: field.text }, help);
}

/** The text ended too early: something is open, or something is missing. */
function explainEnd(
  text: string,
  tokens: readonly Token[],
  expected: readonly string[],
): Diagnostic {
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
  ] as const) {
    const token = expected.includes(`'${close}'`) ? findOpen(tokens, open, close) : undefined;
    if (token) return diagnose('unclosed', token.span, { open, close });
  }
  const last = tokens.at(-1);
  const span = last?.span ?? { start: Math.max(0, text.length - 1), end: text.length };
  const help = suggestFix({ before: tokens, expected }) ?? listExpected(expected);
  return diagnose('unexpected-end', span, { after: last?.text ?? '' }, help);
}

/** The innermost parenthesis that is still open at the end. */
function findOpen(tokens: readonly Token[], open: string, close: string): Token | undefined {
  const stack: Token[] = [];
  for (const token of tokens) {
    if (token.text === open) stack.push(token);
    if (token.text === close) stack.pop();
  }
  return stack.at(-1);
}

/** What the grammar could have taken, by the names of its tokens. */
function describeExpected(error: PeggyError): readonly string[] {
  const names = error.expected.map((each) =>
    'description' in each ? each.description : each.type,
  );
  return [...new Set(names)].filter((name) => name !== 'a blank' && name !== 'end');
}

const values = [
  ...['an IPv6 address', 'an IPv4 address', 'a MAC address', 'an ARCNET address'],
  ...['a number', 'a name'],
];
const operators = ["'%' or '^'", "'*' or '/'", "'+' or '-'", "'<<' or '>>'", "'&'", "'|'"];

/** The list, with what belongs together under one name, unless it is too long to help. */
function listExpected(expected: readonly string[]): string | undefined {
  if (expected.includes('a protocol') && expected.includes("'len'")) return 'expected a condition';
  const isValue = values.every((each) => expected.includes(each));
  const hidden = new Set([...(isValue ? [...values, "'not'", "'in'"] : []), ...operators]);
  const all = [...(isValue ? ['a value'] : []), ...expected.filter((each) => !hidden.has(each))];
  return all.length === 0 || all.length > 5 ? undefined : `expected ${all.join(', ')}`;
}
