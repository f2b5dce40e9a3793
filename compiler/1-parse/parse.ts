import { SyntaxError as PeggyError, parse } from '../../grammar/parser.js';
import type * as Ast from '../ast/nodes.js';
import { diagnose } from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { explainSyntaxError } from './explain.js';
import { findDeepNode, findDeepParenthesis, maximumParentheses } from './limits.js';

/** Longest text that is parsed: an upper bound on work, far above any filter. */
export const maximumCharacters = 1024 * 1024;

/** A syntax tree, or why there is none. Blank text has neither: it is the filter that accepts everything. */
export interface ParseResult {
  readonly node?: Ast.Node;
  readonly diagnostics: readonly Diagnostic[];
}

/** The last text and its tree: who looks for names in a filter before compiling it parses it only once. */
let last: { readonly text: string; readonly result: ParseResult } | undefined;

/** Parse a filter. Syntax errors stop at the first, so there is at most one. Never throws for bad text. */
export function parseFilter(text: string): ParseResult {
  if (last?.text !== text) last = { text, result: parseAfresh(text) };
  return last.result;
}

function parseAfresh(text: string): ParseResult {
  if (text.length > maximumCharacters) {
    const span = { start: maximumCharacters, end: text.length };
    return fail(diagnose('filter-too-long', span, { maximum: maximumCharacters }));
  }
  const parenthesis = findDeepParenthesis(text);
  if (parenthesis) return failDeep(parenthesis);
  try {
    const node = parse(text);
    if (node === null) return { diagnostics: [] };
    const deep = findDeepNode(node);
    return deep ? failDeep(deep.span) : { node, diagnostics: [] };
  } catch (error) {
    if (error instanceof PeggyError) return fail(explainSyntaxError(text, error));
    // What nests without parentheses: `1 % 1 % 1 …`.
    if (error instanceof RangeError) return failDeep({ start: 0, end: text.length });
    throw error;
  }
}

function fail(diagnostic: Diagnostic): ParseResult {
  return { diagnostics: [diagnostic] };
}

function failDeep(span: Span): ParseResult {
  return fail(diagnose('nested-too-deep', span, { maximum: maximumParentheses }));
}
