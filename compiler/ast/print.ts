import type * as Ast from './nodes.js';

/**
 * Canonical filter text: one blank between words, `and`, `or`, `not` and `=` for their synonyms, values as written.
 * Parentheses are nodes, so none are added: the text parses to the same tree.
 */
export function printNode(node: Ast.Node): string {
  switch (node.kind) {
    case 'chain':
      return [
        printNode(node.first),
        ...node.rest.map(({ operator, operand }) => `${operator} ${printNode(operand)}`),
      ].join(' ');
    case 'not':
      return `not ${printNode(node.operand)}`;
    case 'relation':
    case 'binary':
      return `${printNode(node.left)} ${node.operator} ${printNode(node.right)}`;
    case 'negate':
      return `-${printNode(node.operand)}`;
    case 'paren':
      return `(${printNode(node.operand)})`;
    case 'accessor':
      return `${node.protocol.text}[${printNode(node.index)}${node.size ? `:${node.size.text}` : ''}]`;
    case 'length':
      return 'len';
    case 'literal':
      return printLiteral(node);
    case 'qualified':
      return joinWords(
        node.protocol?.text,
        node.direction?.text,
        node.type?.text,
        node.operand && printNode(node.operand),
      );
    case 'other':
      return joinWords(node.protocol?.text, node.keyword.text, printOperands(node.operands));
  }
}

/** The same, shortened to fit into a message. */
export function describeNode(node: Ast.Node): string {
  const text = printNode(node);
  return text.length <= 40 ? text : `${text.slice(0, 39).trimEnd()}…`;
}

function printLiteral({ form, text, prefix, mask }: Ast.Literal): string {
  if (form === 'escaped') return `\\${text}`;
  if (form === 'file') return `in @${text}`;
  if (prefix) return `${text}/${prefix.text}`;
  return mask ? `${text} mask ${mask.text}` : text;
}

/** Several numbers are a list (`vpi (1 or 2)`); with a sign among them they are not. */
function printOperands(operands: Ast.Other['operands']): string | undefined {
  const words = operands.map((each) => ('kind' in each ? printLiteral(each) : each.text));
  const isList = operands.length > 1 && operands.every((each) => 'kind' in each);
  return isList ? `(${words.join(' or ')})` : words.join(' ');
}

function joinWords(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(' ');
}
