import type { IntervalSet } from './interval-set.js';
import type * as Ir from './nodes.js';

/**
 * The program as text, for people, goldens and `--dump-after`. One block:
 *
 *     b2: need 34                        the guards
 *         if [23:1] == 6 then b3 else reject
 *
 * The exact program, if there is one, stands behind it.
 */
export function printProgram(program: Ir.Program): string {
  const lines = [`link ${program.link}, start ${printTarget(program.entry)}`];
  program.blocks.forEach((block, index) => {
    const steps = block.guards.map(printGuard);
    steps.push(...(block.assignments ?? []).map(printAssignment));
    steps.push(
      `if ${printTest(block.test)} then ${printTarget(block.whenTrue)} else ${printTarget(block.whenFalse)}`,
    );
    steps.forEach((step, position) => {
      lines.push(`${position === 0 ? `b${index}:`.padEnd(5) : '     '}${step}`);
    });
  });
  const exact = program.exact === undefined ? '' : `\nexact, ${printProgram(program.exact)}`;
  return `${lines.join('\n')}\n${exact}`;
}

/** A test as text. */
export function printTest(test: Ir.Test): string {
  if (test.kind === 'constant') return test.value === 0 ? 'false' : 'true';
  if (test.kind === 'match') {
    const value = printExpression(test.value);
    const isWhole = BigInt.asIntN(64, test.mask) === -1n;
    const masked = isWhole ? value : `(${value} & ${printNumber(test.mask)})`;
    return `${masked} == ${printNumber(test.wanted)}`;
  }
  if (test.kind === 'member')
    return `${test.values.map(printExpression).join(' ')} in ${printSet(test.set)}`;
  if (test.kind === 'header-chain')
    return `${test.family} chain at ${test.offset} has ${test.protocol}`;
  return `${printExpression(test.left)} ${test.operator} ${printExpression(test.right)}`;
}

/** An assignment as text. */
export function printAssignment({ variable, value }: Ir.Assignment): string {
  return `${variable.name} = ${printExpression(value)}`;
}

/** A guard as text: `need N` is a bounds check. */
export function printGuard(guard: Ir.Guard): string {
  if (guard.kind === 'divisor') return `need ${printExpression(guard.divisor)} != 0`;
  const index = guard.index === undefined ? '' : `${printExpression(guard.index)} + `;
  return `need ${index}${guard.end}${guard.early ? ', else ask the exact program' : ''}`;
}

/** An expression as text; numbers from 256 on are hexadecimal. */
export function printExpression(expression: Ir.Expression): string {
  switch (expression.kind) {
    case 'constant':
      return printNumber(expression.value);
    case 'length':
      return 'len';
    case 'metadata':
      return expression.field;
    case 'variable':
      return expression.name;
    case 'slice': {
      const { word, of } = expression;
      return `${word.name}[${of.offset - word.of.offset}:${of.width}]`;
    }
    case 'load':
      return expression.index === undefined
        ? `[${expression.offset}:${expression.width}]`
        : `[${printExpression(expression.index)} + ${expression.offset}:${expression.width}]`;
    case 'binary':
      return `(${printExpression(expression.left)} ${expression.operator} ${printExpression(expression.right)})`;
  }
}

/** Intervals of a set that are printed; of longer sets the rest is counted. */
const mostPrinted = 8;

function printSet({ intervals }: IntervalSet): string {
  const shown = intervals.slice(0, mostPrinted).map(({ low, high }) => {
    const first = printNumber(low);
    return low === high ? first : `${first}-${printNumber(high)}`;
  });
  const rest = intervals.length - shown.length;
  return `{${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}}`;
}

function printTarget(target: Ir.Target): string {
  return typeof target === 'number' ? `b${target}` : target;
}

function printNumber(value: number | bigint): string {
  return value < 256 ? String(value) : `0x${value.toString(16)}`;
}
