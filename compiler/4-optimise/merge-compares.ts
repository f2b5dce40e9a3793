import { countEntries, removeUnreachable } from '../ir/graph.js';
import type * as Ir from '../ir/nodes.js';
import { baseOf } from '../ir/requirements.js';
import type { Pass } from './pass.js';
import {
  fewSteps,
  followDecided,
  initialState,
  passGuards,
  passTest,
  type State,
  trackStates,
} from './state.js';

/**
 * Ask for neighbouring fields together, up to eight bytes.
 *
 *     a: if [23:1] == 6 then b else r; b: if ([20:2] & 0x1fff) == 0 then c else r
 *         =>  a: if ([20:4] & 0x1fff00ff) == 6 then c else r
 *
 * Sound because the second block checks no bounds of its own, so both fields are there when the first is reached; and
 * because a packet in which only the first field is right gets from the first's other edge to where the second sent it.
 */
export const mergeCompares: Pass = {
  name: 'merge-compares',
  isForQuick: true,
  after: ['drop-guards', 'order-tests'],
  run: (program) => {
    const blocks = [...program.blocks];
    const current = { ...program, blocks };
    const entries = countEntries(program);
    const states = trackStates(program);
    states.arrive(initialState, program.entry);
    blocks.forEach((block, index) => {
      const state = states.at(index);
      if (state === undefined) return;
      const inside = passGuards(state, block);
      const merged = mergeFrom(current, entries, block, inside);
      const now = merged?.block ?? block;
      blocks[index] = now;
      states.arrive(merged?.yes ?? passTest(inside, block.test, true), now.whenTrue);
      // A packet that fails a match may have passed the first of its tests.
      states.arrive(merged ? inside : passTest(inside, block.test, false), now.whenFalse);
    });
    return removeUnreachable(current);
  },
};

/** Bits of a field that a test wants, and the edge of a packet that has them. */
interface Wanted {
  readonly load: Ir.Load;
  readonly mask: bigint;
  readonly wanted: bigint;
  readonly outcome: boolean;
}

/** A block with a match, and what is known where it holds. */
interface Merged {
  readonly block: Ir.Block;
  readonly yes: State;
}

/** As many blocks in a row as fit into one match; undefined if it is only this one. */
function mergeFrom(
  program: Ir.Program,
  entries: Uint32Array,
  first: Ir.Block,
  inside: State,
): Merged | undefined {
  for (const start of wantedOf(first.test)) {
    const whenFalse = start.outcome ? first.whenFalse : first.whenTrue;
    let next = start.outcome ? first.whenTrue : first.whenFalse;
    const known = inside.known.ends.get(baseOf(start.load)) ?? 0;
    let field = start;
    let yes: State | undefined;
    while (typeof next === 'number' && entries[next] === 1) {
      const second: Ir.Block = program.blocks[next] as Ir.Block;
      if (second.guards.length > 0 || second.assignments) break;
      const fitting = wantedOf(second.test).find(
        (wanted) => join(field, wanted, known) !== undefined,
      );
      const joined = fitting && join(field, fitting, known);
      if (fitting === undefined || joined === undefined) break;
      const { outcome } = fitting;
      const fails = outcome ? second.whenFalse : second.whenTrue;
      const here: State = yes ?? passTest(inside, first.test, start.outcome);
      const way = passTest(here, second.test, !outcome);
      if (fails !== whenFalse && followDecided(program, way, whenFalse, fewSteps) !== fails) break;
      yes = passTest(here, second.test, outcome);
      next = outcome ? second.whenTrue : second.whenFalse;
      field = joined;
    }
    if (yes === undefined) continue;
    const { load: value, mask, wanted } = field;
    const test = { kind: 'match', value, mask, wanted } as const;
    return { block: { ...first, test, whenTrue: next, whenFalse }, yes };
  }
  return undefined;
}

/** The ways to read a test as one for bits: one bit that is not 0 is 1. */
function wantedOf(test: Ir.Test): readonly Wanted[] {
  if (test.kind === 'match')
    return test.value.kind === 'load' ? [{ ...test, load: test.value, outcome: true }] : [];
  if (test.kind !== 'compare' || test.right.kind !== 'constant') return [];
  if (test.operator !== '==' && test.operator !== '!=') return [];
  const field = maskedLoad(test.left);
  if (field === undefined) return [];
  const wanted = BigInt(test.right.value);
  const outcome = test.operator === '==';
  const isOneBit = wanted === 0n && (field.mask & (field.mask - 1n)) === 0n;
  const plain = { ...field, wanted, outcome };
  return isOneBit ? [plain, { ...field, wanted: field.mask, outcome: !outcome }] : [plain];
}

function maskedLoad(
  expression: Ir.Expression,
): { readonly load: Ir.Load; readonly mask: bigint } | undefined {
  if (expression.kind === 'load') {
    if (expression.width === 8) return undefined;
    return { load: expression, mask: (1n << BigInt(expression.width * 8)) - 1n };
  }
  if (expression.kind !== 'binary' || expression.operator !== '&') return undefined;
  const { left, right } = expression;
  const isField = left.kind === 'load' && right.kind === 'constant' && left.width !== 8;
  return isField ? { load: left, mask: BigInt(right.value) } : undefined;
}

/** Both in one load, if there is one that ends where the last of them does or at least where the packet is known to reach. */
function join(first: Wanted, second: Wanted, known: number): Wanted | undefined {
  if (baseOf(first.load) !== baseOf(second.load)) return undefined;
  const start = Math.min(first.load.offset, second.load.offset);
  const last = Math.max(
    first.load.offset + first.load.width,
    second.load.offset + second.load.width,
  );
  const width = ([1, 2, 4, 8] as const).find((bytes) => last - start <= bytes);
  if (width === undefined) return undefined;
  const end = width <= last ? last : start + width;
  if (end > Math.max(last, known)) return undefined;
  const load: Ir.Load = { ...first.load, offset: end - width, width };
  const place = ({ load: { offset, width: bytes }, mask, wanted }: Wanted) => {
    const shift = BigInt((end - offset - bytes) * 8);
    return { mask: mask << shift, wanted: wanted << shift };
  };
  const [one, other] = [place(first), place(second)];
  const overlap = one.mask & other.mask;
  if ((one.wanted & overlap) !== (other.wanted & overlap)) return undefined;
  return {
    ...first,
    load,
    mask: one.mask | other.mask,
    wanted: one.wanted | other.wanted,
  };
}
