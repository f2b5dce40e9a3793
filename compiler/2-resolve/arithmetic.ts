import { isDisplayField, translateField } from '../ast/display-filter.js';
import { constantFor } from '../ast/header-words.js';
import { didYouMean } from '../ast/keywords.js';
import type * as Ast from '../ast/nodes.js';
import { describeNode } from '../ast/print.js';
import type * as Resolved from '../ast/resolved.js';
import type { Context } from './context.js';
import { isLinkKeyword, linkProtocolNumber } from './names.js';
import { resolveNumber } from './numbers.js';
import { reportUnavailable, requireType } from './surroundings.js';

/** A node where a number is needed. */
export function resolveArithmetic(
  context: Context,
  node: Ast.Node,
): Resolved.Arithmetic | undefined {
  switch (node.kind) {
    case 'literal':
      return resolveOperand(context, node);
    case 'paren':
      return resolveArithmetic(context, node.operand);
    case 'length':
      return { kind: 'length', span: node.span };
    case 'accessor':
      return resolveAccessor(context, node);
    case 'binary': {
      const left = resolveArithmetic(context, node.left);
      const right = resolveArithmetic(context, node.right);
      if (left === undefined || right === undefined) return undefined;
      return { kind: 'binary', operator: node.operator, left, right, span: node.span };
    }
    case 'negate': {
      const operand = resolveArithmetic(context, node.operand);
      return operand && { kind: 'negate', operand, span: node.span };
    }
    case 'chain':
    case 'not':
    case 'relation':
    case 'qualified':
    case 'other':
      return context.report('not-a-number', node.span, { text: describeNode(node) });
  }
}

/** `left relop right`. */
export function resolveRelation(
  context: Context,
  node: Ast.Relation,
): Resolved.Relation | undefined {
  const field = [node.left, node.right].find(isField);
  if (field) return reportField(context, node, field);
  const left = resolveArithmetic(context, node.left);
  const right = resolveArithmetic(context, node.right);
  if (left === undefined || right === undefined) return undefined;
  return { kind: 'relation', operator: node.operator, left, right, span: node.span };
}

function isField(node: Ast.Node): node is Ast.Literal {
  return node.kind === 'literal' && node.form === 'name' && isDisplayField(node.text);
}

/** `ip.addr == 10.1.2.3`: as Wireshark has it. */
function reportField(context: Context, node: Ast.Relation, { text, span }: Ast.Literal): undefined {
  const sign = node.operator === '=' ? '==' : node.operator;
  const help = translateField(text, sign, describeNode(node.right));
  return context.report('display-filter', span, { text }, help);
}

function resolveOperand(context: Context, literal: Ast.Literal): Resolved.Number | undefined {
  const { form, span } = literal;
  if (form !== 'number')
    return context.report(
      'not-a-number',
      span,
      { text: describeNode(literal) },
      suggestNumber(literal),
    );
  const value = resolveNumber(context, literal);
  return value === undefined ? undefined : { kind: 'number', value, span };
}

/** What someone who wrote such a thing in a comparison probably meant. */
function suggestNumber({ form, text }: Ast.Literal): string | undefined {
  if (form === 'mac' && /^[0-9A-Fa-f]{12}$/.test(text))
    return `12 digits are a MAC address: write '0${text}' for a number`;
  if (form !== 'name') return undefined;
  const keyword = didYouMean(text);
  if (keyword) return keyword;
  if (/^[A-Za-z0-9]+(-[A-Za-z0-9]+)+$/.test(text))
    return `names can contain '-': write '${text.replaceAll('-', ' - ')}'`;
  const constant = constantFor(text);
  return constant && `did you mean '${constant}'?`;
}

const loadProtocols: ReadonlySet<string> = new Set<Resolved.LoadProtocol>([
  ...(['ip', 'ip6', 'arp', 'rarp', 'tcp', 'udp', 'sctp', 'icmp', 'icmp6'] as const),
  ...(['igmp', 'igrp', 'pim', 'vrrp', 'carp'] as const),
  ...(['atalk', 'decnet', 'lat', 'sca', 'moprc', 'mopdl'] as const),
]);

function isLoadProtocol(protocol: string): protocol is Resolved.LoadProtocol {
  return loadProtocols.has(protocol);
}

/** `protocol[index:size]` (gen_load). */
function resolveAccessor(context: Context, node: Ast.Accessor): Resolved.Load | undefined {
  const index = resolveArithmetic(context, node.index);
  const size = resolveSize(context, node.size);
  const protocol = resolveLoadProtocol(context, node.protocol);
  if (index === undefined || size === undefined || protocol === undefined) return undefined;
  return { kind: 'load', protocol, index, size, span: node.span };
}

function resolveSize(context: Context, literal: Ast.Literal | undefined): 1 | 2 | 4 | undefined {
  if (literal === undefined) return 1;
  const size = resolveNumber(context, literal);
  if (size === undefined || size === 1 || size === 2 || size === 4) return size;
  return context.report('invalid-size', literal.span, { text: literal.text });
}

function resolveLoadProtocol(
  context: Context,
  protocol: Ast.Word,
): Resolved.LoadProtocol | undefined {
  const { text, span } = protocol;
  if (isLinkKeyword(text)) return 'link';
  if (isLoadProtocol(text)) {
    const type = linkProtocolNumber(text);
    return type === undefined || requireType(context, type, protocol) ? text : undefined;
  }
  if (text === 'radio') return reportUnavailable(context, protocol);
  return context.report('no-index', span, { text });
}
