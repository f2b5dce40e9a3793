import type { Diagnostic } from './diagnostic.js';
import { lineAt, positionOf } from './source.js';

export interface PrintOptions {
  /** What the text is called: a file name, or `<filter>`. */
  readonly name?: string;
  /** Escape sequences for a terminal; ask only when it is one. */
  readonly colour?: boolean;
}

/** Columns of a line that are shown: longer lines are cut around the span. */
const windowColumns = 100;
/** Of these, how many stand before the span when the line is cut. */
const leadColumns = 30;

/**
 * Diagnostics for people:
 *
 *     error[port-out-of-range]: port 70000 is out of range
 *      --> <filter>:1:10
 *       |
 *     1 | tcp port 70000
 *       |          ^^^^^
 *     help: a port is 0 to 65535
 */
export function printDiagnostics(
  text: string,
  diagnostics: readonly Diagnostic[],
  options: PrintOptions = {},
): string {
  return diagnostics.map((diagnostic) => printDiagnostic(text, diagnostic, options)).join('\n');
}

/** One diagnostic; ends with a line break. */
export function printDiagnostic(
  text: string,
  diagnostic: Diagnostic,
  { name = '<filter>', colour = false }: PrintOptions = {},
): string {
  const paint = colour ? colours : plain;
  const tone = diagnostic.severity === 'error' ? paint.error : paint.warning;
  const { line, column } = positionOf(text, diagnostic.span.start);
  const excerpt = cutExcerpt(text, diagnostic);
  const gutter = ' '.repeat(String(line).length);
  const lines = [
    `${tone(`${diagnostic.severity}[${diagnostic.code}]`)}${paint.strong(`: ${showControl(diagnostic.message)}`)}`,
    `${gutter}${paint.frame('-->')} ${showControl(name)}:${line}:${column}`,
    `${gutter} ${paint.frame('|')}`,
    `${paint.frame(`${line} |`)} ${excerpt.source}`,
    `${gutter} ${paint.frame('|')} ${excerpt.indent}${tone(excerpt.carets)}`,
  ];
  if (diagnostic.help !== undefined)
    lines.push(`${paint.frame('help')}: ${showControl(diagnostic.help)}`);
  return `${lines.map((each) => each.trimEnd()).join('\n')}\n`;
}

/** A diagnostic for programs: the same, with line and column. */
export function diagnosticsToJson(
  text: string,
  diagnostics: readonly Diagnostic[],
): readonly Readonly<Record<string, unknown>>[] {
  return diagnostics.map(({ code, severity, message, span, help }) => ({
    code,
    severity,
    message,
    ...positionOf(text, span.start),
    start: span.start,
    end: span.end,
    ...(help !== undefined && { help }),
  }));
}

/** The line of the span and the carets under it, cut to the window. A span over several lines shows its first. */
function cutExcerpt(text: string, { span }: Diagnostic) {
  const line = lineAt(text, span.start);
  const from = Math.min(span.start - line.start, line.text.length);
  const to = Math.max(from, Math.min(span.end - line.start, line.text.length));
  const isLong = line.text.length > windowColumns;
  const first = isLong
    ? Math.max(0, Math.min(from - leadColumns, line.text.length - windowColumns))
    : 0;
  const last = isLong ? Math.min(line.text.length, first + windowColumns) : line.text.length;
  const before = `${first > 0 ? '…' : ''}${showControl(line.text.slice(first, from))}`;
  const marked = showControl(line.text.slice(from, Math.min(to, last)));
  const after = `${showControl(line.text.slice(Math.min(to, last), last))}${last < line.text.length ? '…' : ''}`;
  return {
    source: `${before}${marked}${after}`,
    indent: ' '.repeat(columns(before)),
    carets: '^'.repeat(Math.max(1, columns(marked))),
  };
}

function columns(text: string): number {
  return [...text].length;
}

/** A tab becomes a blank; what would move a terminal's cursor, or hide, is spelt out. */
function showControl(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\u{${code.toString(16)}}`;
    });
}

type Paint = (text: string) => string;
const colourBy =
  (code: string): Paint =>
  (text) =>
    `\u001b[${code}m${text}\u001b[0m`;
const same: Paint = (text) => text;
const plain = { error: same, warning: same, strong: same, frame: same };
const colours = {
  error: colourBy('1;31'),
  warning: colourBy('1;33'),
  strong: colourBy('1'),
  frame: colourBy('1;34'),
};
