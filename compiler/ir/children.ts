import { invariant } from '../diagnostics/invariant.js';
import type * as Ir from './nodes.js';

/** The same expression with `change` applied to its operands; the very same object where nothing changed. */
export function mapOperands(
  expression: Ir.Expression,
  change: (operand: Ir.Expression) => Ir.Expression,
): Ir.Expression {
  switch (expression.kind) {
    case 'constant':
    case 'length':
    case 'metadata':
    case 'variable':
    case 'slice':
      return expression;
    case 'load': {
      if (expression.index === undefined) return expression;
      const index = change(expression.index);
      return index === expression.index ? expression : { ...expression, index };
    }
    case 'binary': {
      const left = change(expression.left);
      const right = change(expression.right);
      return left === expression.left && right === expression.right
        ? expression
        : { ...expression, left, right };
    }
  }
}

/** Call `visit` for the expression's parts in evaluation order, operands before what they feed. */
export function visitExpression(
  expression: Ir.Expression,
  visit: (part: Ir.Expression) => void,
): void {
  mapOperands(expression, (operand) => {
    visitExpression(operand, visit);
    return operand;
  });
  visit(expression);
}

/** A test with `change` applied to the expressions it compares. */
export function mapTest(
  test: Ir.Test,
  change: (expression: Ir.Expression) => Ir.Expression,
): Ir.Test {
  if (test.kind === 'member') {
    const values = test.values.map(change);
    return values.every((value, index) => value === test.values[index])
      ? test
      : { ...test, values };
  }
  if (test.kind === 'match') {
    const value = change(test.value);
    invariant(
      value.kind === 'load' || value.kind === 'variable' || value.kind === 'slice',
      `a match of '${expressionKey(value)}'`,
    );
    return value === test.value ? test : { ...test, value };
  }
  if (test.kind !== 'compare') return test;
  const left = change(test.left);
  const right = change(test.right);
  return left === test.left && right === test.right ? test : { ...test, left, right };
}

/** The expressions that a block evaluates once its guards have passed, in order. */
export function blockExpressions({ assignments = [], test }: Ir.Block): readonly Ir.Expression[] {
  const assigned = assignments.map(({ value }) => value);
  if (test.kind === 'compare') return [...assigned, test.left, test.right];
  if (test.kind === 'match') return [...assigned, test.value];
  return test.kind === 'member' ? [...assigned, ...test.values] : assigned;
}

/** What a guard computes, if anything. */
export function guardExpression(guard: Ir.Guard): Ir.Expression | undefined {
  return guard.kind === 'divisor' ? guard.divisor : guard.index;
}

/** What the guards of a block compute. */
export function guardExpressions({ guards }: Ir.Block): readonly Ir.Expression[] {
  return guards.map(guardExpression).filter((subject) => subject !== undefined);
}

/** A block with `change` applied to what its guards, assignments and test evaluate. */
export function mapBlock(
  block: Ir.Block,
  change: (expression: Ir.Expression, assigned?: Ir.Variable) => Ir.Expression,
): Ir.Block {
  const guards = block.guards.map((guard): Ir.Guard => {
    if (guard.kind === 'divisor') return { ...guard, divisor: change(guard.divisor) };
    return guard.index === undefined ? guard : { ...guard, index: change(guard.index) };
  });
  const mapped = {
    ...block,
    guards,
    test: mapTest(block.test, (expression) => change(expression)),
  };
  const assignments = block.assignments?.map(({ variable, value }) => ({
    variable,
    value: change(value, variable),
  }));
  return assignments === undefined ? mapped : { ...mapped, assignments };
}

/** Call `visit` for the name of each variable that the expression reads. */
export function visitVariables(expression: Ir.Expression, visit: (name: string) => void): void {
  visitExpression(expression, (part) => {
    if (part.kind === 'variable') visit(part.name);
    if (part.kind === 'slice') visit(part.word.name);
  });
}

/** Whether `is` holds of a part of the expression, or of the whole. */
export function hasPart(expression: Ir.Expression, is: (part: Ir.Expression) => boolean): boolean {
  let found = false;
  visitExpression(expression, (part) => {
    found ||= is(part);
  });
  return found;
}

/** Whether evaluating the expression may reject the packet although all its bytes are there. */
export function divides(expression: Ir.Expression): boolean {
  return hasPart(
    expression,
    (part) => part.kind === 'binary' && (part.operator === '/' || part.operator === '%'),
  );
}

/** Whether two expressions are the same tree. */
export function equalExpressions(first: Ir.Expression, second: Ir.Expression): boolean {
  return first === second || expressionKey(first) === expressionKey(second);
}

const keys = new WeakMap<Ir.Expression, string>();

/**
 * A text that is equal for equal trees: what maps and sets of expressions are keyed by. A variable that stands for an
 * expression has the text of that.
 */
export function expressionKey(expression: Ir.Expression): string {
  const known = keys.get(expression);
  if (known !== undefined) return known;
  const key = writeKey(expression);
  keys.set(expression, key);
  return key;
}

function writeKey(expression: Ir.Expression): string {
  switch (expression.kind) {
    case 'constant':
      return String(expression.value);
    case 'length':
      return 'len';
    case 'metadata':
      return expression.field;
    case 'variable':
      return expression.of === undefined ? expression.name : expressionKey(expression.of);
    case 'slice':
      return expressionKey(expression.of);
    case 'load': {
      const index = expression.index === undefined ? '' : `${expressionKey(expression.index)}+`;
      return `[${index}${expression.offset}:${expression.width}]`;
    }
    case 'binary':
      return `(${expressionKey(expression.left)}${expression.operator}${expressionKey(expression.right)})`;
  }
}
