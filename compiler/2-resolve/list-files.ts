import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import { diagnose } from '../diagnostics/catalogue.js';
import type { Span } from '../diagnostics/span.js';
import type { Context } from './context.js';
import type { Qualifiers } from './qualifiers.js';

/** What a value under its qualifiers means (resolveLiteral). */
export type ResolveLiteral = (
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
) => Resolved.Formula | undefined;

/** `host in @file`: any of the values in the file, as if they stood there with `or` between them. */
export function resolveListFile(
  context: Context,
  { text: file, span }: Ast.Literal,
  qualifiers: Qualifiers,
  resolve: ResolveLiteral,
): Resolved.Formula | undefined {
  const list = context.readList?.(file);
  if (list === undefined) return context.report('list-not-read', span, { text: file });
  const { text } = list;
  const inside = contextOfFile(context, span, file, text);
  if ('diagnostic' in list) {
    const { message, help } = list.diagnostic;
    const place = placeOf(file, text, list.diagnostic.span);
    return context.report('wrong-in-list', span, { place, message }, help);
  }
  const formulas = list.values.map((value) => {
    const formula = resolve(inside, value, qualifiers);
    return formula && { ...formula, span };
  });
  const [first, ...rest] = formulas.filter((formula) => formula !== undefined);
  if (list.values.length === 0) return context.report('list-empty', span, { text: file });
  if (first === undefined || rest.length + 1 < formulas.length) return undefined;
  if (rest.length === 0) return first;
  const links = rest.map((operand) => ({ operator: 'or', operand }) as const);
  return { kind: 'chain', first, rest: links, span };
}

/** What is wrong in the file is told of the place that names it; warnings about single values are not. */
function contextOfFile(context: Context, span: Span, file: string, text: string): Context {
  return {
    ...context,
    report: (code, place, given, help) => {
      const advice = typeof help === 'function' ? help() : help;
      const { severity, message, help: words } = diagnose(code, place, given, advice);
      if (severity === 'warning') return undefined;
      return context.report(
        'wrong-in-list',
        span,
        { place: placeOf(file, text, place), message },
        words,
      );
    },
  };
}

function placeOf(file: string, text: string, { start }: Span): string {
  return `${file}:${text.slice(0, start).split('\n').length}`;
}
