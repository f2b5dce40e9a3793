import { didYouMean, nearKeywords } from '../ast/keywords.js';
import { fixSign } from './suggest-sign.js';
import { fixValue } from './suggest-value.js';
import { fixWord } from './suggest-word.js';
import type { Token } from './tokens.js';

/** The place of a syntax error. */
export interface Place {
  /** Tokens before the one at fault. */
  readonly before: readonly Token[];
  /** Absent at the end of the text. */
  readonly found?: Token;
  /** The token behind it. */
  readonly next?: Token | undefined;
  /** What the grammar could have taken. */
  readonly expected: readonly string[];
}

/** Words that a value follows: a name after them is no misspelt keyword. */
const beforeValue =
  /^(host|net|port|portrange|proto|protochain|gateway|src|dst|and|or|not|&&|\|\||!)$/;

/**
 * A name that was taken for a value but is one letter away from a keyword: `prot 80`, where the grammar fails only
 * at the 80.
 */
export function findMisspelling(before: readonly Token[]): Token | undefined {
  const token = before.at(-1);
  if (token === undefined || !/^[A-Za-z]/.test(token.text)) return undefined;
  const keywords = nearKeywords(token.text);
  if (keywords.length === 0) return undefined;
  const previous = before.at(-2)?.text ?? 'and';
  const isCondition = /^(and|or|not|&&|\|\||!|\()$/.test(previous);
  const isType = keywords.some((keyword) => /^(host|net|port|portrange)$/.test(keyword));
  const mayBeType = isType && /^(src|dst)$/.test(previous);
  return isCondition || mayBeType || !beforeValue.test(previous) ? token : undefined;
}

/** What to write instead of the token that does not fit, if that can be told. */
export function suggestFix(place: Place): string | undefined {
  const { before, found, next, expected } = place;
  const last = before.at(-1)?.text ?? '';
  const previous = before.at(-2)?.text ?? '';
  if (found === undefined) return explainMissing(before);
  return (
    didYouMean(found.text) ??
    fixSign(before, found, next) ??
    fixValue(previous, last, found.text, next?.text) ??
    fixWord(last, found.text, next?.text, expected)
  );
}

function explainMissing(before: readonly Token[]): string | undefined {
  const [number = '', slash = '', last = ''] = before.slice(-3).map(({ text }) => text);
  if (slash === '/' && /^[0-9]+$/.test(number) && /^(tcp|udp|sctp)$/.test(last))
    return `write '${last} port ${number}'`;
  const end = before.at(-1)?.text ?? '';
  if (/^(and|or|not|&&|\|\||!)$/.test(end)) return `a condition is missing after '${end}'`;
  return beforeValue.test(end) ? `a value is missing after '${end}'` : undefined;
}
