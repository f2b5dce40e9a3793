import type * as Ast from '../ast/nodes.js';

/*
 * Which nodes are values that can take qualifiers (`id` of grammar.y), rather than conditions:
 *
 *     id     = literal | 'not' id | '(' list ')'
 *     list   = head | head and-or id …
 *     head   = literal | 'not' id | number in parentheses
 *
 * A list in parentheses cannot start with a list in parentheses, because grammar.y says so.
 */

/** Whether the node is a value or a list of values. */
export function isValue(node: Ast.Node): boolean {
  if (node.kind === 'literal') return true;
  if (node.kind === 'not') return isValue(node.operand);
  return node.kind === 'paren' && (isBareNumber(node) || isList(node.operand));
}

/** A number, in any parentheses. */
export function isBareNumber(node: Ast.Node): boolean {
  return node.kind === 'paren'
    ? isBareNumber(node.operand)
    : node.kind === 'literal' && node.form === 'number';
}

function isList(node: Ast.Node): boolean {
  if (node.kind !== 'chain') return isListHead(node);
  return isListHead(node.first) && node.rest.every(({ operand }) => isValue(operand));
}

function isListHead(node: Ast.Node): boolean {
  if (node.kind === 'not') return isValue(node.operand);
  return node.kind === 'literal' || isBareNumber(node);
}

/** The parentheses that start a list where none may, if that is what is wrong with `node`. */
export function findMisplacedList(node: Ast.Node): Ast.Paren | undefined {
  switch (node.kind) {
    case 'not':
      return findMisplacedList(node.operand);
    case 'chain':
      return findFirst([node.first, ...node.rest.map(({ operand }) => operand)]);
    case 'paren': {
      const head = node.operand.kind === 'chain' ? node.operand.first : node.operand;
      const isMisplaced = head.kind === 'paren' && !isBareNumber(head);
      return isMisplaced ? head : findMisplacedList(node.operand);
    }
    default:
      return undefined;
  }
}

function findFirst(nodes: readonly Ast.Node[]): Ast.Paren | undefined {
  for (const node of nodes) {
    const found = findMisplacedList(node);
    if (found) return found;
  }
  return undefined;
}

/** Whether nothing in the node says what it is: only literals, `not` and parentheses. */
export function isUnqualified(node: Ast.Node): boolean {
  switch (node.kind) {
    case 'literal':
      return true;
    case 'not':
    case 'paren':
      return isUnqualified(node.operand);
    case 'chain':
      return isUnqualified(node.first) && node.rest.every(({ operand }) => isUnqualified(operand));
    default:
      return false;
  }
}
