import { blockExpressions, guardExpression, visitVariables } from './children.js';
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
    const touch = (name: string) => names.add(name);
    for (const guard of block.guards) {
      const subject = guardExpression(guard);
      if (subject !== undefined) visitVariables(subject, touch);
    }
    for (const { variable, value } of block.assignments ?? []) {
      visitVariables(value, touch);
      if (names.has(variable.name))
        problems.push(`b${index}: ${variable.name} was read or assigned before`);
      names.add(variable.name);
    }
    for (const expression of blockExpressions(block)) visitVariables(expression, touch);
    for (const target of [block.whenTrue, block.whenFalse])
      if (typeof target === 'number') for (const name of names) touched[target]?.add(name);
  });
  return problems;
}
