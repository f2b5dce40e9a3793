import { invariant } from '../diagnostics/invariant.js';
import { evaluateBinary, evaluateCompare } from './evaluate.js';
import { findInChain } from './header-chain.js';
import { contains, type IntervalSet, joinWords } from './interval-set.js';
import type * as Ir from './nodes.js';
import { isEarly } from './requirements.js';

/** One packet, as a program sees it. */
export interface Packet {
  /** The captured bytes, from where the program's link starts. */
  readonly bytes: Uint8Array;
  /** Bytes on the wire. */
  readonly length: number;
  /** The network header's EtherType, for link `network`. */
  readonly protocol?: number;
}

/** Sees what a program does with a packet, for counting. */
export interface Observer {
  /** A guard, a test or an expression is evaluated; each part of an expression is told of by itself. */
  readonly onEvaluate: (part: Ir.Guard | Ir.Test | Ir.Expression) => void;
  /** A `member` test looks for a number. */
  readonly onSearch: (set: IntervalSet, number: bigint) => void;
  /** A `header-chain` test walks over one header. */
  readonly onHeader: () => void;
}

/** Run a program over one packet: the reference meaning of the IR, and the `ir` engine of `netcapc match`. */
export function interpret(program: Ir.Program, packet: Packet, observer?: Observer): boolean {
  const run: Run = { packet, variables: new Map(), observer, isAhead: false };
  let target = program.entry;
  while (typeof target === 'number') {
    const block: Ir.Block | undefined = program.blocks[target];
    invariant(block !== undefined, `no block ${target}`);
    for (const guard of block.guards) {
      if (passes(guard, run)) continue;
      return (
        isEarly(guard) && program.exact !== undefined && interpret(program.exact, packet, observer)
      );
    }
    const isAssigned = (block.assignments ?? []).every((assignment) => assign(assignment, run));
    const outcome = isAssigned ? runTest(block.test, run) : undefined;
    if (outcome === undefined) {
      invariant(
        !program.guarded || block.test.kind === 'header-chain',
        `unguarded load or division in b${target}`,
      );
      return false;
    }
    target = outcome ? block.whenTrue : block.whenFalse;
  }
  return target === 'accept';
}

/** One packet on its way through a program. */
interface Run {
  readonly packet: Packet;
  readonly variables: Map<string, number | bigint>;
  readonly observer: Observer | undefined;
  /** Whether bytes that the packet lacks are 0, instead of a reason to reject it. */
  readonly isAhead: boolean;
}

function passes(guard: Ir.Guard, run: Run): boolean {
  run.observer?.onEvaluate(guard);
  if (guard.kind === 'divisor') return evaluate(guard.divisor, run) !== 0;
  const index = guard.index === undefined ? 0 : evaluate(guard.index, run);
  invariant(index !== undefined, 'unguarded index of a guard');
  return index + guard.end <= run.packet.bytes.length;
}

function assign({ variable, value }: Ir.Assignment, run: Run): boolean {
  const isAhead = variable.of !== undefined;
  const number = evaluateWord(value, isAhead ? { ...run, isAhead } : run);
  if (number === undefined) return false;
  run.variables.set(variable.name, number);
  return true;
}

function runTest(test: Ir.Test, run: Run): boolean | undefined {
  run.observer?.onEvaluate(test);
  if (test.kind === 'constant') return test.value !== 0;
  if (test.kind === 'match') {
    const word = evaluateWord(test.value, run);
    return word === undefined ? undefined : (BigInt(word) & test.mask) === test.wanted;
  }
  if (test.kind === 'member') {
    const words = test.values.map((value) => evaluate(value, run));
    if (!words.every((word) => word !== undefined)) return undefined;
    const number = joinWords(words);
    run.observer?.onSearch(test.set, number);
    return contains(test.set, number);
  }
  if (test.kind === 'header-chain')
    return findInChain(test, run.packet.bytes, run.observer?.onHeader);
  const left = evaluate(test.left, run);
  const right = evaluate(test.right, run);
  if (left === undefined || right === undefined) return undefined;
  return evaluateCompare(test.operator, left, right);
}

/** The value of what may have 64 bits. */
function evaluateWord(expression: Ir.Expression, run: Run): number | bigint | undefined {
  if (expression.kind === 'variable') {
    run.observer?.onEvaluate(expression);
    return run.variables.get(expression.name) ?? 0;
  }
  if (expression.kind !== 'load' || expression.width !== 8) return evaluate(expression, run);
  run.observer?.onEvaluate(expression);
  const start = evaluateStart(expression, run);
  if (start === undefined) return undefined;
  const high = readBytes(run, start, 4);
  const low = readBytes(run, start + 4, 4);
  return high === undefined || low === undefined ? undefined : joinWords([high, low]);
}

/** The value, or undefined where a classic BPF program would have rejected the packet. */
function evaluate(expression: Ir.Expression, run: Run): number | undefined {
  run.observer?.onEvaluate(expression);
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'length':
      return run.packet.length;
    case 'metadata':
      invariant(expression.field === 'protocol', `no ${expression.field} of a packet in a file`);
      return run.packet.protocol ?? 0;
    case 'variable': {
      const value = run.variables.get(expression.name) ?? 0;
      invariant(typeof value === 'number', `${expression.name} is wide`);
      return value;
    }
    case 'slice': {
      const { word, of } = expression;
      const value = run.variables.get(word.name) ?? 0;
      const below = word.of.offset + word.of.width - of.offset - of.width;
      return Number(BigInt.asUintN(of.width * 8, BigInt(value) >> BigInt(below * 8)));
    }
    case 'load': {
      invariant(expression.width !== 8, 'a wide load among numbers');
      const start = evaluateStart(expression, run);
      return start === undefined ? undefined : readBytes(run, start, expression.width);
    }
    case 'binary': {
      const left = evaluate(expression.left, run);
      const right = evaluate(expression.right, run);
      return left === undefined || right === undefined
        ? undefined
        : evaluateBinary(expression.operator, left, right);
    }
  }
}

function evaluateStart({ index, offset }: Ir.Load, run: Run): number | undefined {
  const base = index === undefined ? 0 : evaluate(index, run);
  return base === undefined ? undefined : base + offset;
}

function readBytes(
  { packet: { bytes }, isAhead }: Run,
  offset: number,
  width: 1 | 2 | 4,
): number | undefined {
  if (offset + width > bytes.length && !isAhead) return undefined;
  let value = 0;
  for (let position = 0; position < width; position++)
    value = value * 256 + (bytes[offset + position] ?? 0);
  return value;
}
