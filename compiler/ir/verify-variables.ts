import {
  blockExpressions,
  equalExpressions,
  guardExpressions,
  visitExpression,
  visitVariables,
} from './children.js';
import type * as Ir from './nodes.js';

/**
 * What breaks the law of variables: on each path one is assigned at most once, and not after it was read. Passes rely
 * on it: an expression with variables in it has the same value wherever it stands, once they are assigned. One that
 * stands for an expression is assigned on each path that leads to a use, and nothing but that expression.
 */
export function verifyVariables(program: Ir.Program): readonly string[] {
  return [...verifyLasting(program), ...verifyStandIns(program)];
}

function verifyLasting(program: Ir.Program): readonly string[] {
  const problems: string[] = [];
  const touched: Set<string>[] = program.blocks.map(() => new Set());
  program.blocks.forEach((block, index) => {
    const names = touched[index] ?? new Set();
    const touch = (name: string) => names.add(name);
    for (const subject of guardExpressions(block)) visitVariables(subject, touch);
    for (const { variable, value } of block.assignments ?? []) {
      visitVariables(value, touch);
      if (variable.of !== undefined) continue;
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

function verifyStandIns(program: Ir.Program): readonly string[] {
  const problems: string[] = [];
  const assigned: (ReadonlySet<string> | undefined)[] = program.blocks.map(() => undefined);
  program.blocks.forEach((block, index) => {
    const names = new Set(assigned[index]);
    const check = (expression: Ir.Expression) => {
      visitStandIns(expression, ({ name }) => {
        if (!names.has(name)) problems.push(`b${index}: ${name} is not assigned on every path`);
      });
    };
    guardExpressions(block).forEach(check);
    for (const { variable, value } of block.assignments ?? []) {
      check(value);
      if (variable.of === undefined) continue;
      names.add(variable.name);
      if (!equalExpressions(variable.of, value))
        problems.push(`b${index}: ${variable.name} is not what it stands for`);
    }
    for (const expression of blockExpressions({ ...block, assignments: [] })) check(expression);
    for (const target of [block.whenTrue, block.whenFalse]) {
      if (typeof target !== 'number') continue;
      const before = assigned[target];
      assigned[target] =
        before === undefined ? names : new Set([...before].filter((name) => names.has(name)));
    }
  });
  return problems;
}

function visitStandIns(expression: Ir.Expression, visit: (variable: Ir.Variable) => void): void {
  visitExpression(expression, (part) => {
    if (part.kind === 'slice') visit(part.word);
    else if (part.kind === 'variable' && part.of !== undefined) visit(part);
  });
}
