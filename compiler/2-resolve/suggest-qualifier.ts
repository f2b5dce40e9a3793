import { didYouMean } from '../ast/keywords.js';
import type * as Ast from '../ast/nodes.js';
import { printNode } from '../ast/print.js';

/** What someone who wrote a bare value probably meant. */
export function suggestQualifier(literal: Ast.Literal): string | undefined {
  const text = printNode(literal);
  switch (literal.form) {
    case 'number':
      return `write 'port ${text}' or 'proto ${text}'`;
    case 'ip4':
    case 'ip6':
      return literal.prefix || literal.mask ? `write 'net ${text}'` : `write 'host ${text}'`;
    case 'mac':
      return `write 'ether host ${text}'`;
    case 'arcnet':
      return undefined;
    case 'name':
    case 'escaped':
      return didYouMean(literal.text) ?? `write 'host ${text}' or 'port ${text}'`;
  }
}
