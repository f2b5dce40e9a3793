import type * as Resolved from '../ast/resolved.js';

/** A comparison as filter text, every operation inside an operation in parentheses. */
export function writeRelation({ left, operator, right }: Resolved.Relation): string {
  return `${writeArithmetic(left)} ${operator} ${writeArithmetic(right)}`;
}

/** Arithmetic as filter text. */
export function writeArithmetic(node: Resolved.Arithmetic): string {
  switch (node.kind) {
    case 'number':
      return String(node.value);
    case 'length':
      return 'len';
    case 'load':
      return `${protocolOf(node)}[${writeArithmetic(node.index)}${node.size === 1 ? '' : `:${node.size}`}]`;
    case 'negate':
      return `-${writeOperand(node.operand)}`;
    case 'binary':
      return `${writeOperand(node.left, node.operator)} ${node.operator} ${writeOperand(node.right, node.operator)}`;
  }
}

/** The words for the link layer mean the same. */
function protocolOf({ protocol }: Resolved.Load): string {
  return protocol === 'link' ? 'ether' : protocol;
}

/** Numbers that stand for bits are easier to read in hexadecimal. */
function writeOperand(node: Resolved.Arithmetic, operator?: string): string {
  const isBits = operator === '&' || operator === '|' || operator === '^';
  if (node.kind === 'number') return isBits ? writeBits(node.value) : String(node.value);
  const text = writeArithmetic(node);
  return node.kind === 'binary' || node.kind === 'negate' ? `(${text})` : text;
}

function writeBits(value: number): string {
  return value < 10 ? String(value) : `0x${value.toString(16)}`;
}
