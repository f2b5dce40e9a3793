import type * as Ast from '../ast/nodes.js';
import type { Span } from '../diagnostics/span.js';

/** How deep parentheses and brackets may nest, so that no phase runs out of stack. */
export const maximumParentheses = 500;

/** How deep a tree may be; a sum of so many terms is as deep. */
export const maximumDepth = 1000;

/** The first parenthesis or bracket beyond the limit. Escaped ones are counted too: no filter has so many. */
export function findDeepParenthesis(text: string): Span | undefined {
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset];
    if (character === '#') {
      const end = text.indexOf('\n', offset);
      offset = end === -1 ? text.length : end;
    } else if (character === '(' || character === '[') {
      depth++;
      if (depth > maximumParentheses) return { start: offset, end: offset + 1 };
    } else if (character === ')' || character === ']') depth--;
  }
  return undefined;
}

/** A node beyond the limit; walks without recursion. */
export function findDeepNode(root: Ast.Node): Ast.Node | undefined {
  let level: readonly Ast.Node[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maximumDepth) return level[0];
    level = level.flatMap(childrenOf);
  }
  return undefined;
}

function childrenOf(node: Ast.Node): readonly Ast.Node[] {
  switch (node.kind) {
    case 'chain':
      return [node.first, ...node.rest.map(({ operand }) => operand)];
    case 'not':
    case 'negate':
    case 'paren':
      return [node.operand];
    case 'relation':
    case 'binary':
      return [node.left, node.right];
    case 'accessor':
      return [node.index];
    case 'qualified':
      return node.operand ? [node.operand] : [];
    case 'literal':
    case 'length':
    case 'other':
      return [];
  }
}
