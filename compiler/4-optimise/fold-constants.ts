import { constant } from '../ir/build.js';
import { mapOperands, mapTest } from '../ir/children.js';
import { evaluateBinary } from '../ir/evaluate.js';
import { removeUnreachable } from '../ir/graph.js';
import { contains, joinWords } from '../ir/interval-set.js';
import type * as Ir from '../ir/nodes.js';
import { decideCompare, rangeOf } from '../ir/range.js';
import type { Pass } from './pass.js';
import { redirect } from './redirect.js';

/**
 * Compute what does not depend on the packet, and decide tests that no packet can decide otherwise.
 *
 *     2 + 3 => 5         x + 0, x * 1, x << 0, … => x       x * 0, x & 0 => 0
 *     [2 + 14:1] => [16:1]                       (x & 0xf0) == 1, [0:1] < 256 => false, true
 *     need more than any packet has => reject    need 0 != 0 => reject
 *
 * Guards stay when the loads they were placed for go, so a truncated packet is still rejected.
 */
export const foldConstants: Pass = {
  name: 'fold-constants',
  after: ['place-guards'],
  run: (program, report) => {
    const blocks = program.blocks.map((block) => {
      const folded = foldBlock(block);
      if (folded.test.kind === 'constant' && block.test.kind !== 'constant')
        report(`always ${folded.test.value === 0 ? 'false' : 'true'}`, block.span);
      return folded;
    });
    return removeUnreachable(redirect({ ...program, blocks }, skipDecided));
  },
};

/** Bytes no packet has: skb->len is 32 bits and snaplen far below. */
const impossibleEnd = 0x80000000;

function foldBlock(block: Ir.Block): Ir.Block {
  const guards: Ir.Guard[] = [];
  for (const guard of block.guards.map(foldGuard)) {
    if (guard === 'passes') continue;
    if (guard === 'fails') return rejected(block);
    guards.push(guard);
  }
  const test = foldTest(block.test);
  if (test.kind !== 'constant') return { ...block, guards, test };
  const assignments = block.assignments?.map((each) => ({
    ...each,
    value: foldExpression(each.value),
  }));
  const target = test.value === 0 ? block.whenFalse : block.whenTrue;
  const decided = { ...block, guards, test, whenTrue: target, whenFalse: target };
  return assignments === undefined ? decided : { ...decided, assignments };
}

function rejected({ span }: Ir.Block): Ir.Block {
  return { span, guards: [], test: constant(0), whenTrue: 'reject', whenFalse: 'reject' };
}

function foldGuard(guard: Ir.Guard): Ir.Guard | 'passes' | 'fails' {
  if (guard.kind === 'divisor') {
    const divisor = foldExpression(guard.divisor);
    const { min, max } = rangeOf(divisor);
    if (min > 0) return 'passes';
    return max === 0 ? 'fails' : { ...guard, divisor };
  }
  const index = guard.index === undefined ? constant(0) : foldExpression(guard.index);
  if (rangeOf(index).min + guard.end >= impossibleEnd && !guard.early) return 'fails';
  if (index.kind !== 'constant') return { ...guard, index };
  const { index: _, ...fixed } = guard;
  return { ...fixed, end: index.value + guard.end };
}

/** A test without constant parts; a constant if its outcome is certain. */
export function foldTest(test: Ir.Test): Ir.Test {
  const folded = mapTest(test, foldExpression);
  if (folded.kind === 'member') return foldMember(folded);
  if (folded.kind !== 'compare') return folded;
  const decided = decideCompare(folded.operator, rangeOf(folded.left), rangeOf(folded.right));
  return decided === undefined ? folded : constant(decided ? 1 : 0);
}

function foldMember(member: Ir.Member): Ir.Test {
  const words = member.values.map((value) => (value.kind === 'constant' ? value.value : undefined));
  if (!words.every((word) => word !== undefined)) return member;
  return constant(contains(member.set, joinWords(words)) ? 1 : 0);
}

/** An expression without constant parts. */
export function foldExpression(expression: Ir.Expression): Ir.Expression {
  const folded = mapOperands(expression, foldExpression);
  if (folded.kind === 'load') return foldLoad(folded);
  return folded.kind === 'binary' ? foldBinary(folded) : folded;
}

function foldLoad(load: Ir.Load): Ir.Expression {
  if (load.index?.kind !== 'constant') return load;
  const offset = load.index.value + load.offset;
  if (offset + load.width > 0xffffffff) return load;
  return { kind: 'load', width: load.width, offset };
}

const neutralRight: { readonly [operator in Ir.BinaryOperator]: number } = {
  '+': 0,
  '-': 0,
  '*': 1,
  '/': 1,
  '%': -1,
  '&': 0xffffffff,
  '|': 0,
  '^': 0,
  '<<': 0,
  '>>': 0,
};
const commutative: readonly Ir.BinaryOperator[] = ['+', '*', '&', '|', '^'];

function foldBinary(binary: Ir.Binary): Ir.Expression {
  const { operator } = binary;
  let { left, right } = binary;
  if (left.kind === 'constant' && right.kind === 'constant') {
    const value = evaluateBinary(operator, left.value, right.value);
    return value === undefined ? binary : constant(value);
  }
  if (left.kind === 'constant' && commutative.includes(operator)) [left, right] = [right, left];
  if (right.kind === 'constant') {
    if (right.value === neutralRight[operator]) return left;
    if (right.value === 0 && (operator === '*' || operator === '&')) return constant(0);
    if (right.value === 1 && operator === '%') return constant(0);
    if (right.value > 31 && (operator === '<<' || operator === '>>')) return constant(0);
  }
  return { ...binary, left, right };
}

/** Edges to a block that only has a decided test go where it leads. */
function skipDecided(block: Ir.Block): Ir.Target | undefined {
  const decided = block.test.kind === 'constant' && block.guards.length === 0;
  return decided && block.assignments === undefined ? block.whenTrue : undefined;
}
