import type { Token } from './tokens.js';

/** Signs that were written in another order or form, adjacent to what stands before them. */
const adjacent: Readonly<Record<string, string>> = {
  '=>': '>=',
  '=<': '<=',
  '<>': '!=',
  '=!': '!=',
  '>==': '>=',
  '<==': '<=',
  '===': '=',
  '!==': '!=',
};

/** Signs that look like ours. */
const lookalikes: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '–': '-',
  '—': '-',
  '−': '-',
  '＝': '=',
};

const qualifier = /^(host|net|port|portrange|proto|protochain|src|dst|gateway)$/;
const protocol = /^(ip6?|r?arp|tcp|udp|sctp|icmp6?|igmp|ether|link)$/;

/** What to write instead of a sign that does not fit. */
export function fixSign(
  before: readonly Token[],
  { text, span }: Token,
  next: Token | undefined,
): string | undefined {
  const last = before.at(-1);
  const word = last?.text ?? '';
  if (text === ',' || text === ';') return fixComma(before);
  if (/^["'`‘’“”]$/.test(text)) return 'write it without quotes';
  if (text === '\u00a0') return 'this is a non-breaking blank: write a common one';
  if (Object.hasOwn(lookalikes, text)) return `write '${lookalikes[text]}'`;
  const both = last?.span.end === span.start ? `${word}${text[0]}` : '';
  if (Object.hasOwn(adjacent, both)) return `write '${adjacent[both]}'`;
  if (/^(==?|!=)$/.test(text)) return fixEquals(word, text, next?.text ?? '…');
  if (text === '*') return "there are no wildcards: write 'net 10.1' for all that starts with 10.1";
  if (text === '&') return "write 'and', or '&&'";
  if (text === '|') return "write 'or', or '||'";
  if (text === '%') return 'an address has no zone here: leave it out';
  if (text === ')' && word === '(') return 'there is nothing between the parentheses';
  if (text === ']' && word === '[') return "an index is missing: '[0]' is the first byte";
  return text === '(' && protocol.test(word) ? `write '${word} and (…'` : undefined;
}

/** A comma between values; inside brackets, between index and size. */
function fixComma(before: readonly Token[]): string {
  const open = before.findLastIndex(({ text }) => text === '[');
  const isIndex = open > before.findLastIndex(({ text }) => text === ']');
  return isIndex ? "write ':' between index and size" : "write 'or' between values";
}

/** `port = 80`, `host != 10.0.0.1`, `tcp == 80`. */
function fixEquals(last: string, sign: string, next: string): string | undefined {
  if (qualifier.test(last))
    return sign === '!=' ? `write 'not ${last} ${next}'` : `write '${last} ${next}'`;
  return protocol.test(last)
    ? `compare some of its bytes: '${last}[0] ${sign} ${next}'`
    : undefined;
}
