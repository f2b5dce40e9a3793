import { blockExpressions, guardExpressions, visitExpression } from '../ir/children.js';
import type * as Ir from '../ir/nodes.js';

/** Bytes of a window at least and at most. */
const shortest = 14;
const longest = 126;
/** What a window's length is a multiple of together with the bytes in front of it that are copied, too. */
const step = 8;
const before = 2;

/** Length of an IPv4 header without options: where most headers behind one start. */
const usualIndex = 20;

/** Bytes of a packet that programs look at as a rule: those at fixed places, and those behind an IPv4 header without options. */
export function windowOf(programs: readonly Ir.Program[]): number {
  let furthest = 0;
  const reach = (end: number) => {
    if (end <= longest) furthest = Math.max(furthest, end);
  };
  const visit = (part: Ir.Expression) => {
    if (part.kind !== 'load') return;
    const end = part.offset + part.width;
    reach(part.index === undefined ? end : usualIndex + end);
  };
  for (const program of programs)
    for (const block of program.blocks) {
      if (block.test.kind === 'header-chain') reach(block.test.offset + usualIndex);
      for (const expression of [...guardExpressions(block), ...blockExpressions(block)])
        visitExpression(expression, visit);
    }
  return Math.max(shortest, Math.ceil((furthest + before) / step) * step - before);
}
