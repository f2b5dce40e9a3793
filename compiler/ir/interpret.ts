import { invariant } from '../diagnostics/invariant.js';
import { evaluateBinary, evaluateCompare } from './evaluate.js';
import { findInChain } from './header-chain.js';
import { contains, type IntervalSet, joinWords } from './interval-set.js';
import type * as Ir from './nodes.js';

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
  const run: Run = { packet, variables: new Map(), observer };
  let target = program.entry;
  while (typeof target === 'number') {
    const block: Ir.Block | undefined = program.blocks[target];
    invariant(block !== undefined, `no block ${target}`);
    for (const guard of block.guards) if (!passes(guard, run)) return false;
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
  readonly variables: Map<string, number>;
  readonly observer: Observer | undefined;
}

function passes(guard: Ir.Guard, run: Run): boolean {
  run.observer?.onEvaluate(guard);
  if (guard.kind === 'divisor') return evaluate(guard.divisor, run) !== 0;
  const index = guard.index === undefined ? 0 : evaluate(guard.index, run);
  invariant(index !== undefined, 'unguarded index of a guard');
  return index + guard.end <= run.packet.bytes.length;
}

function assign({ variable, value }: Ir.Assignment, run: Run): boolean {
  const number = evaluate(value, run);
  if (number === undefined) return false;
  run.variables.set(variable.name, number);
  return true;
}

function runTest(test: Ir.Test, run: Run): boolean | undefined {
  run.observer?.onEvaluate(test);
  if (test.kind === 'constant') return test.value !== 0;
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
    case 'variable':
      return run.variables.get(expression.name) ?? 0;
    case 'load': {
      const index = expression.index === undefined ? 0 : evaluate(expression.index, run);
      return index === undefined
        ? undefined
        : readBytes(run.packet.bytes, index + expression.offset, expression.width);
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

function readBytes(bytes: Uint8Array, offset: number, width: 1 | 2 | 4): number | undefined {
  if (offset + width > bytes.length) return undefined;
  let value = 0;
  for (let position = 0; position < width; position++)
    value = value * 256 + (bytes[offset + position] ?? 0);
  return value;
}
