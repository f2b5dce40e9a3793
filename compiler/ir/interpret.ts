import { invariant } from '../diagnostics/invariant.js';
import { evaluateBinary, evaluateCompare } from './evaluate.js';
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

/** Run a program over one packet: the reference meaning of the IR, and the `ir` engine of `netcapc match`. */
export function interpret(program: Ir.Program, packet: Packet): boolean {
  let target = program.entry;
  while (typeof target === 'number') {
    const block: Ir.Block | undefined = program.blocks[target];
    invariant(block !== undefined, `no block ${target}`);
    for (const guard of block.guards) if (!passes(guard, packet)) return false;
    const outcome = runTest(block.test, packet);
    if (outcome === undefined) {
      invariant(!program.guarded, `unguarded load or division in b${target}`);
      return false;
    }
    target = outcome ? block.whenTrue : block.whenFalse;
  }
  return target === 'accept';
}

function passes(guard: Ir.Guard, packet: Packet): boolean {
  if (guard.kind === 'divisor') return run(guard.divisor, packet) !== 0;
  const index = guard.index === undefined ? 0 : run(guard.index, packet);
  invariant(index !== undefined, 'unguarded index of a guard');
  return index + guard.end <= packet.bytes.length;
}

function runTest(test: Ir.Test, packet: Packet): boolean | undefined {
  if (test.kind === 'constant') return test.value !== 0;
  const left = run(test.left, packet);
  const right = run(test.right, packet);
  if (left === undefined || right === undefined) return undefined;
  return evaluateCompare(test.operator, left, right);
}

/** The value, or undefined where a classic BPF program would have rejected the packet. */
function run(expression: Ir.Expression, packet: Packet): number | undefined {
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'length':
      return packet.length;
    case 'link-protocol':
      return packet.protocol ?? 0;
    case 'load': {
      const index = expression.index === undefined ? 0 : run(expression.index, packet);
      return index === undefined
        ? undefined
        : readBytes(packet.bytes, index + expression.offset, expression.width);
    }
    case 'binary': {
      const left = run(expression.left, packet);
      const right = run(expression.right, packet);
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
