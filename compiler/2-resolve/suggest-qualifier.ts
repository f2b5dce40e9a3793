import { conditionFor } from '../ast/header-words.js';
import { didYouMean } from '../ast/keywords.js';
import type * as Ast from '../ast/nodes.js';
import { printNode } from '../ast/print.js';
import type { Context } from './context.js';

/** What someone who wrote a bare value probably meant. */
export function suggestQualifier(context: Context, literal: Ast.Literal): string | undefined {
  const text = printNode(literal);
  const condition = conditionFor(literal.text);
  if (condition !== undefined) return `write '${condition}'`;
  switch (literal.form) {
    case 'number':
      return `write 'port ${text}' or 'proto ${text}'`;
    case 'ip4':
    case 'ip6':
      return literal.prefix || literal.mask ? `write 'net ${text}'` : `write 'host ${text}'`;
    case 'mac':
      return `write 'ether host ${text}'`;
    case 'arcnet':
    case 'file':
      return undefined;
    case 'name':
    case 'escaped':
      return suggestForName(context, literal.text) ?? `write 'host ${text}' or 'port ${text}'`;
  }
}

function suggestForName(context: Context, name: string): string | undefined {
  const lower = name.toLowerCase();
  if (/^(any|all|everything|true)$/.test(lower)) return 'the empty filter matches every packet';
  if (/^[0-9.]+-[0-9.]+$/.test(name))
    return "there are no ranges of addresses: write 'net 10.0.0.0/24', or both with 'or'";
  const service = lower === 'dns' ? 'domain' : lower;
  if (context.resolver.service(service)) return `write 'port ${service}'`;
  return didYouMean(name);
}
