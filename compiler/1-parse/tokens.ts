import type { Span } from '../diagnostics/span.js';

/** A word or sign of the text, for messages only: the grammar has its own idea of tokens. */
export interface Token {
  readonly text: string;
  readonly span: Span;
}

const pattern =
  /#[^\n]*|[A-Za-z0-9](?:[-_]*[.A-Za-z0-9])*(?::+[A-Za-z0-9.]*)*|:[:A-Fa-f0-9.]*|\\[^ !()\n\t\r]+|\$[0-9A-Fa-f]{1,2}|&&|\|\||<<|>>|[<>=!]=|\S/gu;

/** The tokens that start in the first `limit` characters; comments are none. */
export function readTokens(text: string, limit: number): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    if (match.index >= limit) break;
    if (match[0].startsWith('#')) continue;
    const span = { start: match.index, end: match.index + match[0].length };
    tokens.push({ text: match[0], span });
  }
  return tokens;
}
