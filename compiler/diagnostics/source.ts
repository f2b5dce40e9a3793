import type { Span } from './span.js';

/** A place in the text as people count: both from 1, columns in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where an offset is. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { line, column: [...before.slice(lineStart)].length + 1 };
}

/** The line that holds an offset, without its line break, and the offset it starts at. */
export function lineAt(
  text: string,
  offset: number,
): { readonly text: string; readonly start: number } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return { text: text.slice(start, end === -1 ? text.length : end).replace(/\r$/, ''), start };
}

/** The text a span covers. */
export function textOf(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}
