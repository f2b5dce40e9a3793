import { didYouMean, nearKeywords } from '../ast/keywords.js';
import type { Token } from './tokens.js';

const number = /^(0[xX][0-9A-Fa-f]+|[0-9]+)$/;
const address = /^([0-9]+(\.[0-9]+){1,3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$/;
const mac = /^([0-9A-Fa-f]{1,2}[:.-]){5}[0-9A-Fa-f]{1,2}$/;
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
export function suggestFix(
  before: readonly Token[],
  found: Token | undefined,
  expected: readonly string[],
): string | undefined {
  const last = before.at(-1)?.text ?? '';
  const previous = before.at(-2)?.text ?? '';
  if (found === undefined) return explainMissing(last);
  const { text } = found;
  return (
    didYouMean(text) ??
    fixSign(before.at(-1), found) ??
    fixValue(last, text) ??
    fixNumber(previous, last, text) ??
    fixKeyword(last, text, expected)
  );
}

function explainMissing(last: string): string | undefined {
  if (/^(and|or|not|&&|\|\||!)$/.test(last)) return `a condition is missing after '${last}'`;
  return beforeValue.test(last) ? `a value is missing after '${last}'` : undefined;
}

/** `=>`, `=<`, `<>`, `,`, quotes. */
function fixSign(last: Token | undefined, { text, span }: Token): string | undefined {
  if (text === ',' || text === ';') return "write 'or' between values";
  if (/^["'`‘’“”]$/.test(text)) return 'write it without quotes';
  if (text === '\u00a0') return 'this is a non-breaking blank: write a common one';
  const isAdjacent = last?.span.end === span.start;
  const both = `${last?.text}${text[0]}`;
  const right = { '=>': '>=', '=<': '<=', '<>': '!=' }[both];
  return isAdjacent && right ? `write '${right}'` : undefined;
}

/** A value right after a protocol: `tcp 80`, `ip 10.1.2.3`, `ether 00:…`. */
function fixValue(last: string, text: string): string | undefined {
  const isTransport = /^(tcp|udp|sctp)$/.test(last);
  if (isTransport && number.test(text)) return `write '${last} port ${text}'`;
  if (isTransport && /^[0-9]+-[0-9]+$/.test(text)) return `write '${last} portrange ${text}'`;
  if (/^(ether|link)$/.test(last) && mac.test(text)) return `write '${last} host ${text}'`;
  if (/^(ip|ip6|arp|rarp)$/.test(last) && address.test(text)) return `write '${last} host ${text}'`;
  return undefined;
}

/** Numbers next to each other: `net 10/8`, `portrange 80 - 90`, `port 80 443`. */
function fixNumber(previous: string, last: string, text: string): string | undefined {
  if (!number.test(last)) return undefined;
  if (text === '/' && previous === 'net') return `write the dots: 'net ${last}.0.0.0/…'`;
  if (text === '-' && previous === 'portrange') return 'write the range without blanks: 8000-8080';
  return number.test(text) ? `write '${last} or ${text}'` : undefined;
}

/** A keyword where a value or a connective belongs. */
function fixKeyword(last: string, text: string, expected: readonly string[]): string | undefined {
  if (text === ')' && !expected.includes("')'"))
    return "there is no '(' for it, or it comes too early";
  if (!/^[a-z]/.test(text)) return undefined;
  if (/^(src|dst) (src|dst)$/.test(`${last} ${text}`)) return "write 'src or dst' or 'src and dst'";
  if (/^(src|dst)$/.test(last) && /^(ip6?|r?arp|tcp|udp|sctp|ether|link)$/.test(text))
    return `a protocol comes first: '${text} ${last} …'`;
  if (/^(proto|protochain)$/.test(last)) return `write '\\${text}' for the name of a protocol`;
  if (/^(host|net|port|portrange|gateway)$/.test(last))
    return /^(and|or)$/.test(text)
      ? `a value is missing after '${last}'`
      : `write '\\${text}' for a name`;
  return expected.includes("'and'") ? "write 'and' or 'or' between conditions" : undefined;
}
