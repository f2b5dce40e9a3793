import type { Span } from '../diagnostics/span.js';

/**
 * The syntax tree: what the text says, before names, inherited qualifiers and precedence quirks are resolved.
 *
 * The grammar does not tell a boolean from a number: `(80)` is the same node whether it ends up as a port, an
 * operand of `+` or a mistake. That keeps parsing linear, without the backtracking that `(((…` would cost;
 * phase 2 decides by context, as libpcap's grammar.y does by look-ahead.
 */
export type Node =
  | Chain
  | Not
  | Relation
  | Binary
  | Negate
  | Paren
  | Accessor
  | Length
  | Literal
  | Qualified
  | Other;

/** `first and a or b …`: `and` and `or` have equal precedence and associate to the left (grammar.y). */
export interface Chain {
  readonly kind: 'chain';
  readonly first: Node;
  readonly rest: readonly Link[];
  readonly span: Span;
}

/** One `and operand` or `or operand` of a chain; its span covers the operand. */
export interface Link {
  readonly operator: 'and' | 'or';
  readonly operand: Node;
}

/** `not term`: covers exactly one term. */
export interface Not {
  readonly kind: 'not';
  readonly operand: Node;
  readonly span: Span;
}

export type RelationOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** `arithmetic relop arithmetic`; comparisons are unsigned. `==` is read as `=`. */
export interface Relation {
  readonly kind: 'relation';
  readonly operator: RelationOperator;
  readonly left: Node;
  readonly right: Node;
  readonly span: Span;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>';

/** 32-bit wrap-around arithmetic, already shaped by libpcap's precedence (filter-language quirks of `%` and `^`). */
export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Node;
  readonly right: Node;
  readonly span: Span;
}

export interface Negate {
  readonly kind: 'negate';
  readonly operand: Node;
  readonly span: Span;
}

/** Parentheses are kept: they reset the qualifiers that a bare id inherits. */
export interface Paren {
  readonly kind: 'paren';
  readonly operand: Node;
  readonly span: Span;
}

/** `protocol[index]` or `protocol[index:size]`; `size` is as written and not yet checked. */
export interface Accessor {
  readonly kind: 'accessor';
  readonly protocol: Word;
  readonly index: Node;
  readonly size?: Literal;
  readonly span: Span;
}

/** `len` or `length`. */
export interface Length {
  readonly kind: 'length';
  readonly span: Span;
}

/**
 * A lone token that is not a keyword: a number, an address, a name. `form` is the lexer's class (scanner.l):
 * NUM, HID (IPv4-like), HID6, EID (MAC), AID (`$b`), ID, and `escaped` for `\word`, whose `text` has no backslash.
 * `file` is the name behind the `@` of `in @file`, which stands for all values in it.
 * A token of a form may still be no value of it: `300.1`, `1:2:3:`, `08`. `prefix` is the `/n` and `mask` the
 * `mask m` that followed, if any.
 */
export interface Literal {
  readonly kind: 'literal';
  readonly form: 'number' | 'ip4' | 'ip6' | 'mac' | 'arcnet' | 'name' | 'escaped' | 'file';
  readonly text: string;
  readonly prefix?: Literal;
  readonly mask?: Literal;
  readonly span: Span;
}

/** A keyword or sign as written, with its place. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/**
 * Up to three qualifiers and what they qualify: `tcp dst port 80`, `src 10.0.0.1`, `host (a or b)`, or a
 * protocol alone (`tcp`: no `operand`). `direction` holds one word, or the normalised `src or dst` / `src and dst`.
 * The operand is a literal, a `not` or a parenthesised list of such.
 */
export interface Qualified {
  readonly kind: 'qualified';
  readonly protocol?: Word;
  readonly direction?: Word;
  readonly type?: Word;
  readonly operand?: Node;
  readonly span: Span;
}

/**
 * The remaining primitives, told apart by their keyword: `broadcast`, `multicast`, `less`, `greater`, `byte`,
 * `vlan`, `mpls`, `llc`, `inbound`, … `protocol` is a qualifier in front (`ip broadcast`); `operands` follow in the
 * order of the text: values, and the signs and keywords between them (`byte 0 = 5`, `type mgt subtype beacon`).
 */
export interface Other {
  readonly kind: 'other';
  readonly keyword: Word;
  readonly protocol?: Word;
  readonly operands: readonly (Literal | Word)[];
  readonly span: Span;
}
