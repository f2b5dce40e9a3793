import type { Span } from '../diagnostics/span.js';
import { joinSpans } from '../diagnostics/span.js';
import { constantValue } from './constants.js';
import type * as Ast from './nodes.js';

/** A keyword or a sign. */
export function word(text: string, { start, end }: Span): Ast.Word {
  return { text, span: { start, end } };
}

/** Whether scanner.l turns this word into a number. */
export function isConstant(text: string): boolean {
  return constantValue(text) !== undefined;
}

/** What is there of `items`: peggy gives null for an optional thing that is absent. */
export function list<Item>(...items: readonly (Item | null)[]): readonly Item[] {
  return items.filter((item) => item !== null);
}

/** `first and a or b …`, or `first` alone. */
export function chain(first: Ast.Node, rest: readonly Ast.Link[]): Ast.Node {
  const last = rest.at(-1);
  if (last === undefined) return first;
  return { kind: 'chain', first, rest, span: joinSpans(first.span, last.operand.span) };
}

/** `and operand` or `or operand`. */
export function link(operator: Ast.Link['operator'], operand: Ast.Node): Ast.Link {
  return { operator, operand };
}

/** One `not` for each mark; a mark is where the word or `!` stands. */
export function nots(marks: readonly number[], operand: Ast.Node): Ast.Node {
  return marks.reduceRight(
    (inner: Ast.Node, start): Ast.Node => ({
      kind: 'not',
      operand: inner,
      span: { start, end: inner.span.end },
    }),
    operand,
  );
}

/** One negation for each mark; a mark is where the `-` stands. */
export function negates(marks: readonly number[], operand: Ast.Node): Ast.Node {
  return marks.reduceRight(
    (inner: Ast.Node, start): Ast.Node => ({
      kind: 'negate',
      operand: inner,
      span: { start, end: inner.span.end },
    }),
    operand,
  );
}

/** `( operand )`; `open` and `close` are where the parentheses stand. */
export function paren(open: number, operand: Ast.Node, close: number): Ast.Paren {
  return { kind: 'paren', operand, span: { start: open, end: close + 1 } };
}

/** A number in parentheses where only a number can stand: they mean nothing, but belong to its span. */
export function widen(open: number, operand: Ast.Literal, close: number): Ast.Literal {
  return { ...operand, span: { start: open, end: close + 1 } };
}

/** `left sign right`, or `left` alone. */
export function relation(
  left: Ast.Node,
  right: readonly [sign: Ast.Word, operand: Ast.Node] | null,
): Ast.Node {
  if (right === null) return left;
  const [sign, operand] = right;
  const operator = (sign.text === '==' ? '=' : sign.text) as Ast.RelationOperator;
  return {
    kind: 'relation',
    operator,
    left,
    right: operand,
    span: joinSpans(left.span, operand.span),
  };
}

/** `first op a op b …` of one precedence, left associative. */
export function binaries(
  first: Ast.Node,
  rest: readonly (readonly [operator: Ast.BinaryOperator, operand: Ast.Node])[],
): Ast.Node {
  return rest.reduce(
    (left: Ast.Node, [operator, right]): Ast.Node => ({
      kind: 'binary',
      operator,
      left,
      right,
      span: joinSpans(left.span, right.span),
    }),
    first,
  );
}

/** `protocol[index]` or `protocol[index:size]`; `close` is where the `]` stands. */
export function accessor(
  protocol: Ast.Word,
  index: Ast.Node,
  size: Ast.Literal | null,
  close: number,
): Ast.Accessor {
  const span = { start: protocol.span.start, end: close + 1 };
  return { kind: 'accessor', protocol, index, ...(size !== null && { size }), span };
}

/** `len`. */
export function length(keyword: Ast.Word): Ast.Length {
  return { kind: 'length', span: keyword.span };
}

/** A token that is not a keyword. */
export function literal(
  form: Ast.Literal['form'],
  text: string,
  { start, end }: Span,
): Ast.Literal {
  return { kind: 'literal', form, text, span: { start, end } };
}

/** `address/prefix`, or the address alone. */
export function withPrefix(address: Ast.Literal, prefix: Ast.Literal | null): Ast.Literal {
  if (prefix === null) return address;
  return { ...address, prefix, span: joinSpans(address.span, prefix.span) };
}

/** `address mask mask`. */
export function withMask(address: Ast.Literal, mask: Ast.Literal): Ast.Literal {
  return { ...address, mask, span: joinSpans(address.span, mask.span) };
}

/** `src or dst` and the like, as one word whose text has the source first. */
export function bothDirections(
  first: Ast.Word,
  operator: Ast.Link['operator'],
  second: Ast.Word,
): Ast.Word {
  return { text: `src ${operator} dst`, span: joinSpans(first.span, second.span) };
}

/** Qualifiers and what they qualify; absent parts are null or undefined. */
export function qualified(parts: {
  readonly direction?: Ast.Word | null;
  readonly type?: Ast.Word | null;
  readonly operand?: Ast.Node;
}): Ast.Qualified {
  const { direction, type, operand } = parts;
  const present = [direction, type, operand].filter((part) => part != null);
  return {
    kind: 'qualified',
    ...(direction && { direction }),
    ...(type && { type }),
    ...(operand && { operand }),
    span: present.map((part) => part.span).reduce(joinSpans),
  };
}

/** A primitive with a keyword of its own. */
export function other(
  keyword: Ast.Word,
  operands: readonly (Ast.Literal | Ast.Word)[] = [],
): Ast.Other {
  const last = operands.at(-1) ?? keyword;
  return { kind: 'other', keyword, operands, span: joinSpans(keyword.span, last.span) };
}

/** What a protocol stands in front of, or the protocol alone. `tcp type mgt` is allowed too, and means the same without. */
export function withProtocol(
  protocol: Ast.Word,
  node: Ast.Qualified | Ast.Other | null,
): Ast.Qualified | Ast.Other {
  if (node === null) return { kind: 'qualified', protocol, span: protocol.span };
  return { ...node, protocol, span: joinSpans(protocol.span, node.span) };
}
