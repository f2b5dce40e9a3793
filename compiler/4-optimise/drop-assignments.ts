import { blockExpressions, visitExpression } from '../ir/children.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';

/**
 * Remove assignments to variables that nothing reads.
 *
 *     need 34; a = [20:1]; b = 2; if [b + 1:1] == 3 …   =>   need 34; b = 2; if [b + 1:1] == 3 …
 *
 * The guards that the value needed stay. C compilers complain about variables that are only written, so this runs
 * always. Values of what is dropped may have read other variables: repeated until nothing changes.
 */
export const dropAssignments: Pass = {
  name: 'drop-assignments',
  after: ['place-guards'],
  required: true,
  run: (program) => {
    let current = program;
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

function variablesRead(program: Ir.Program): ReadonlySet<string> {
  const read = new Set<string>();
  const visit = (expression: Ir.Expression) =>
    visitExpression(expression, (part) => {
      if (part.kind === 'variable') read.add(part.name);
    });
  for (const block of program.blocks) {
    blockExpressions(block).forEach(visit);
    for (const guard of block.guards) {
      const subject = guard.kind === 'divisor' ? guard.divisor : guard.index;
      if (subject !== undefined) visit(subject);
    }
  }
  return read;
}
