import { constantValue } from '../ast/constants.js';
import type * as Ast from '../ast/nodes.js';
import type { Context } from './context.js';

const maximum = 0xffff_ffff;

/** The value of a number: decimal, 0 for octal, 0x for hexadecimal, or a word such as `tcp-syn` (scanner.l, stou). */
export function resolveNumber(context: Context, literal: Ast.Literal): number | undefined {
  const { text, span } = literal;
  const value = parseNumber(text);
  if (value === 'not-octal') return context.report('number-not-octal', span, { text });
  if (value === 'too-large') return context.report('number-too-large', span, { text });
  return value;
}

/** The same for text that need not be a number at all: undefined then. */
export function parseNumber(text: string): number | 'not-octal' | 'too-large' | undefined {
  const constant = constantValue(text);
  if (constant !== undefined) return constant;
  if (/^0x[0-9a-f]+$/i.test(text)) return limit(Number(text));
  if (!/^[0-9]+$/.test(text)) return undefined;
  if (text.length === 1 || text[0] !== '0') return limit(Number(text));
  return /^[0-7]+$/.test(text) ? limit(Number.parseInt(text, 8)) : 'not-octal';
}

function limit(value: number): number | 'too-large' {
  return value > maximum ? 'too-large' : value;
}
