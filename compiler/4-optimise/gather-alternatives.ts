import { joinSpans } from '../diagnostics/span.js';
import { expressionKey } from '../ir/children.js';
import { countEntries, removeUnreachable } from '../ir/graph.js';
import { type Interval, intervalSet } from '../ir/interval-set.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';

/**
 * Ask a field for all the values at once that lead to one place.
 *
 *     if s == 53 then t else if d == 53 then t else if s in {67-68} then t else if d in {67-68} then t else r
 *         =>  if s in {53, 67-68} then t else if d in {53, 67-68} then t else r
 *
 * Sound because none of the tests but the first checks bounds, so that they may be asked in any order. Long lists stay as
 * they are: their tables would be there twice.
 */
export const gatherAlternatives: Pass = {
  name: 'gather-alternatives',
  after: ['drop-guards', 'drop-implied', 'merge-ranges'],
  run: (program) => {
    const blocks = [...program.blocks];
    const entries = countEntries(program);
    const isDone = new Set<number>();
    for (let start = 0; start < blocks.length; start++) {
      if (isDone.has(start)) continue;
      const chain = chainFrom(blocks, entries, start);
      for (const index of chain) isDone.add(index);
      const groups = gather(chain.map((index) => blocks[index] as Ir.Block));
      if (groups.length === chain.length) continue;
      const last = blocks[chain.at(-1) ?? start] as Ir.Block;
      groups.forEach(({ test, span }, place) => {
        const index = chain[place] as number;
        const next = place + 1 < groups.length ? (chain[place + 1] as number) : last.whenFalse;
        blocks[index] = { ...(blocks[index] as Ir.Block), test, span, whenFalse: next };
      });
    }
    return removeUnreachable({ ...program, blocks });
  },
};

/** The blocks, from this one on, that are asked in turn as long as the answer is no, and lead to one place if it is yes. */
function chainFrom(
  blocks: readonly Ir.Block[],
  entries: Uint32Array,
  start: number,
): readonly number[] {
  const chain = [start];
  const { whenTrue } = blocks[start] as Ir.Block;
  for (let block = blocks[start]; typeof block?.whenFalse === 'number'; ) {
    const next = block.whenFalse;
    block = blocks[next];
    if (block === undefined || entries[next] !== 1 || block.whenTrue !== whenTrue) break;
    if (block.guards.length > 0 || block.assignments || block.test.kind === 'header-chain') break;
    chain.push(next);
  }
  return chain;
}

interface Group {
  readonly test: Ir.Test;
  readonly span: Ir.Block['span'];
}

/** Values of a field, and the field. */
interface Values {
  readonly field: Ir.Expression;
  readonly intervals: readonly Interval[];
}

/** Sets of more intervals are not gathered. */
const mostIntervals = 16;

/** The tests with one for each field, in the order in which fields are first asked. */
function gather(blocks: readonly Ir.Block[]): readonly Group[] {
  const groups: (Group & { values?: Values })[] = [];
  for (const { test, span } of blocks) {
    const values = valuesOf(test);
    const key = values && expressionKey(values.field);
    const same = groups.findIndex(
      (group) => group.values !== undefined && expressionKey(group.values.field) === key,
    );
    const group = groups[same];
    if (values === undefined || group?.values === undefined) {
      groups.push({ test, span, ...(values && { values }) });
      continue;
    }
    const set = intervalSet(1, [...group.values.intervals, ...values.intervals]);
    groups[same] = {
      test: { kind: 'member', values: [values.field], set },
      span: joinSpans(group.span, span),
      values: { field: values.field, intervals: set.intervals },
    };
  }
  return groups;
}

function valuesOf(test: Ir.Test): Values | undefined {
  if (test.kind === 'member') {
    const [field] = test.values;
    const isShort = test.set.words === 1 && test.set.intervals.length <= mostIntervals;
    return field && isShort ? { field, intervals: test.set.intervals } : undefined;
  }
  if (test.kind !== 'compare' || test.right.kind !== 'constant') return undefined;
  const { left, right } = test;
  if (test.operator === '==') return valuesOfEqual(left, right.value);
  const isRange = test.operator === '<=' && left.kind === 'binary' && left.operator === '-';
  if (!isRange || left.right.kind !== 'constant') return undefined;
  const low = left.right.value;
  const high = low + right.value;
  return high > 0xffffffff ? undefined : { field: left.left, intervals: [interval(low, high)] };
}

/** A number, or the network that a mask of ones and then zeros leaves open. */
function valuesOfEqual(left: Ir.Expression, value: number): Values | undefined {
  if (left.kind !== 'binary' || left.operator !== '&' || left.right.kind !== 'constant')
    return { field: left, intervals: [interval(value, value)] };
  const open = ~left.right.value >>> 0;
  const isPrefix = (open & (open + 1)) === 0;
  return isPrefix && left.left.kind === 'load' && left.left.width === 4
    ? { field: left.left, intervals: [interval(value, (value | open) >>> 0)] }
    : undefined;
}

function interval(low: number, high: number): Interval {
  return { low: BigInt(low), high: BigInt(high) };
}
