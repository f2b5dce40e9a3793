import { blockExpressions, visitExpression } from './children.js';
import type * as Ir from './nodes.js';

/**
 * What breaks the law of variables: on each path one is assigned at most once, and not after it was read. Passes rely
 * on it: an expression with variables in it has the same value wherever it stands, once they are assigned.
 */
export function verifyVariables(program: Ir.Program): readonly string[] {
  const problems: string[] = [];
  const touched: Set<string>[] = program.blocks.map(() => new Set());
  program.blocks.forEach((block, index) => {
    const names = touched[index] ?? new Set();
    for (const guard of block.guards) {
      const subject = guard.kind === 'divisor' ? guard.divisor : guard.index;
      if (subject !== undefined) addVariables(names, subject);
    }
    for (const { variable, value } of block.assignments ?? []) {
      addVariables(names, value);
      if (names.has(variable.name))
        problems.push(`b${index}: ${variable.name} was read or assigned before`);
      names.add(variable.name);
    }
    for (const expression of blockExpressions(block)) addVariables(names, expression);
    for (const target of [block.whenTrue, block.whenFalse])
      if (typeof target === 'number') for (const name of names) touched[target]?.add(name);
  });
  return problems;
}

function addVariables(names: Set<string>, expression: Ir.Expression): void {
  visitExpression(expression, (part) => {
    if (part.kind === 'variable') names.add(part.name);
  });
}
