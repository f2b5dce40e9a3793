import { guardExpression } from './children.js';
import type * as Ir from './nodes.js';
import { printGuard } from './print.js';
import {
  blockRequirements,
  isEarly,
  isKnown,
  knownOnEntry,
  learn,
  requirements,
} from './requirements.js';
import { verifyVariables } from './verify-variables.js';

/**
 * What is wrong with a program, in words; empty for a sound one. Checked: edges lead forward to blocks that exist,
 * numbers are 32 bits, variables are assigned before they are read, and in a guarded program every load and division is covered by guards on each path.
 */
export function verifyProgram(program: Ir.Program): readonly string[] {
  const problems: string[] = [];
  const checkTarget = (from: number, target: Ir.Target) => {
    if (typeof target !== 'number') return;
    if (!Number.isInteger(target) || target <= from || target >= program.blocks.length)
      problems.push(`b${from}: edge to b${target} does not lead forward to a block`);
  };
  checkTarget(-1, program.entry);
  program.blocks.forEach((block, index) => {
    checkTarget(index, block.whenTrue);
    checkTarget(index, block.whenFalse);
    const isLasting = block.assignments?.some(({ variable }) => variable.of === undefined);
    if (isLasting && block.test.kind !== 'constant') problems.push(`b${index}: assigns and tests`);
    if (program.exact === undefined && block.guards.some(isEarly))
      problems.push(`b${index}: has an early guard, and there is no exact program`);
    if (!program.guarded && block.guards.length > 0)
      problems.push(`b${index}: has guards before place-guards`);
    for (const number of numbersOf(block))
      if (!Number.isInteger(number) || number < 0 || number > 0xffffffff)
        problems.push(`b${index}: ${number} is not a 32-bit number`);
  });
  if (problems.length > 0) return problems;
  problems.push(...verifyVariables(program));
  if (program.exact !== undefined) problems.push(...verifyProgram(program.exact));
  if (problems.length > 0 || !program.guarded) return problems;

  const entries = knownOnEntry(program);
  program.blocks.forEach((block, index) => {
    let known = entries[index];
    if (known === undefined) return;
    const check = (guards: readonly Ir.Guard[]) => {
      for (const guard of guards)
        if (known !== undefined && !isKnown(known, guard))
          problems.push(`b${index}: lacks the guard '${printGuard(guard)}'`);
    };
    for (const guard of block.guards) {
      const subject = guardExpression(guard);
      if (subject !== undefined) check(requirements([subject]));
      known = learn(known, guard);
    }
    check(blockRequirements(block));
  });
  return problems;
}

function numbersOf(block: Ir.Block): readonly number[] {
  const numbers: number[] = [];
  const walk = (value: unknown) => {
    if (typeof value === 'number') numbers.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(block.assignments);
  walk(block.test);
  walk(block.guards);
  return numbers;
}
