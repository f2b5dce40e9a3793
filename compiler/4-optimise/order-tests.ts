import { expressionKey } from '../ir/children.js';
import { countEntries, inOrder } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';

/**
 * Ask for what most packets are first, where several values of one field are asked for in turn.
 *
 *     a: if T == ip6 then x else b; b: if T == ip then y else z
 *         =>  a: if T == ip then y else b; b: if T == ip6 then x else z
 *
 * Sound because the values exclude each other, so at most one of the tests holds, and because nothing but the first
 * block leads to the second, which checks no bounds of its own.
 */
export const orderTests: Pass = {
  name: 'order-tests',
  after: ['drop-guards', 'drop-implied'],
  run: (program) => {
    const blocks = [...program.blocks];
    const entries = countEntries(program);
    // From the front, each block sinks as far as it has to: chains are short, for long ones are sets.
    for (let start = 0; start < blocks.length; start++) {
      for (let at = start; ; ) {
        const first = blocks[at] as Ir.Block;
        const next = first.whenFalse;
        const second = typeof next === 'number' ? blocks[next] : undefined;
        if (typeof next !== 'number' || second === undefined || entries[next] !== 1) break;
        if (!isAskedTooEarly(first, second)) break;
        blocks[at] = { ...first, ...asking(second), whenFalse: next };
        blocks[next] = { ...second, ...asking(first), whenFalse: second.whenFalse };
        at = next;
      }
    }
    return inOrder({ ...program, blocks });
  },
};

function asking({ test, whenTrue, span }: Ir.Block): Pick<Ir.Block, 'test' | 'whenTrue' | 'span'> {
  return { test, whenTrue, span };
}

function isAskedTooEarly(first: Ir.Block, second: Ir.Block): boolean {
  if (second.guards.length > 0 || first.assignments || second.assignments) return false;
  const one = valueAskedFor(first.test);
  const other = valueAskedFor(second.test);
  if (one === undefined || other === undefined || one.field !== other.field) return false;
  return one.value !== other.value && rank(one.value) > rank(other.value);
}

function valueAskedFor(test: Ir.Test): { field: string; value: number } | undefined {
  if (test.kind !== 'compare' || test.operator !== '==' || test.right.kind !== 'constant')
    return undefined;
  return { field: expressionKey(test.left), value: test.right.value };
}

/** What most packets are, by EtherType and by protocol; what is not here is asked for last, in the order of the text. */
const frequent: readonly number[] = [0x0800, 0x86dd, 6, 17];

function rank(value: number): number {
  const place = frequent.indexOf(value);
  return place === -1 ? frequent.length : place;
}
