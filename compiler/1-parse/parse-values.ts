import { SyntaxError as PeggyError, parse } from '../../grammar/parser.js';
import type * as Ast from '../ast/nodes.js';
import { diagnose } from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { explainSyntaxError } from './explain.js';

/** Longest text of a file of values: an upper bound on work, enough for a million addresses. */
const maximumCharacters = 16 * 1024 * 1024;

/** The values in a file that `in @file` names, or what is wrong with it. Spans count in the file's text. */
export function parseValues(
  text: string,
): { readonly values: readonly Ast.Literal[] } | { readonly diagnostic: Diagnostic } {
  if (text.length > maximumCharacters) {
    const span = { start: maximumCharacters, end: text.length };
    return { diagnostic: diagnose('filter-too-long', span, { maximum: maximumCharacters }) };
  }
  try {
    return { values: parse(text, { startRule: 'Values' }) };
  } catch (error) {
    if (error instanceof PeggyError) return { diagnostic: explainSyntaxError(text, error) };
    throw error;
  }
}
