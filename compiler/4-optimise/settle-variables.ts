import { constant } from '../ir/build.js';
import {
  blockExpressions,
  guardExpressions,
  mapBlock,
  mapOperands,
  visitVariables,
} from '../ir/children.js';
import type * as Ir from '../ir/nodes.js';
import { foldConstants } from './fold-constants.js';
import type { Pass, Report } from './pass.js';

/**
 * Remove assignments to variables that nothing reads, and read 0 from variables that nothing assigns.
 *
 *     need 34; a = [20:1]; b = 2; if [b + c + 1:1] == 3 …   =>   need 34; b = 2; if [b + 0 + 1:1] == 3 …
 *
 * The guards that a value needed stay. Emitters rely on it: C knows no variable without an assignment, and its compilers
 * complain about variables that are only written. The value of what is removed may have read other variables, so it
 * is done until nothing changes.
 */
export const settleVariables: Pass = {
  name: 'settle-variables',
  after: ['place-guards', 'thread-jumps', 'drop-tests', 'drop-guards'],
  required: true,
  run: (program, report) => {
    let current = readUnassigned(program, report);
    for (;;) {
      const read = variablesRead(current);
      const isUnread = ({ variable }: Ir.Assignment) => !read.has(variable.name);
      if (!current.blocks.some(({ assignments }) => assignments?.some(isUnread))) return current;
      current = { ...current, blocks: current.blocks.map((block) => dropFrom(block, isUnread)) };
    }
  },
};

function dropFrom(block: Ir.Block, isUnread: (assignment: Ir.Assignment) => boolean): Ir.Block {
  const { assignments, ...rest } = block;
  const kept = assignments?.filter((assignment) => !isUnread(assignment));
  return kept === undefined || kept.length === 0 ? rest : { ...rest, assignments: kept };
}

/** Variables start at 0, and those that no block assigns stay there. */
function readUnassigned(program: Ir.Program, report: Report): Ir.Program {
  const assigned = new Set(
    program.blocks.flatMap(({ assignments = [] }) => assignments.map((each) => each.variable.name)),
  );
  if ([...variablesRead(program)].every((name) => assigned.has(name))) return program;
  const settle = (expression: Ir.Expression): Ir.Expression =>
    expression.kind === 'variable' && !assigned.has(expression.name)
      ? constant(0)
      : mapOperands(expression, settle);
  return foldConstants.run(
    {
      ...program,
      blocks: program.blocks.map((block) => mapBlock(block, (expression) => settle(expression))),
    },
    report,
  );
}

function variablesRead(program: Ir.Program): ReadonlySet<string> {
  const read = new Set<string>();
  const visit = (expression: Ir.Expression) => visitVariables(expression, (name) => read.add(name));
  for (const block of program.blocks) {
    blockExpressions(block).forEach(visit);
    guardExpressions(block).forEach(visit);
  }
  return read;
}
