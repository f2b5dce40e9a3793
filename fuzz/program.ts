import type { Instruction } from '../test/oracle/stream.js';

/** A packet that grows and changes while a program is led through it. */
export interface Draft {
  bytes: Uint8Array;
  wireLength: number;
}

/**
 * Where a value came from: `((field >>> right) & mask) << left) + bias`, all modulo 2^32. `field` is `width` bytes at
 * `offset`, or the length on the wire.
 */
export interface Origin {
  readonly field: 'length' | { readonly offset: number; readonly width: number };
  readonly right: number;
  readonly mask: number;
  readonly left: number;
  readonly bias: number;
}

interface Value {
  readonly number: number;
  readonly origin?: Origin | undefined;
}

/** A conditional jump that is about to be taken: `left comparison right`, and where `left` came from. */
export interface Jump {
  readonly at: number;
  readonly comparison: 'equal' | 'greater' | 'at-least' | 'any-bit';
  readonly left: number;
  readonly right: number;
  readonly origin?: Origin | undefined;
}

/** What to do where the program could go on in two ways. */
export interface Guide {
  /** May change the draft; the answer is where to go. */
  readonly jump: (jump: Jump, draft: Draft) => boolean;
  /** A load needs so many bytes: the draft may be made longer. */
  readonly load: (end: number, draft: Draft) => void;
}

const mostSteps = 50_000;
const constant = (number: number): Value => ({ number: number >>> 0 });

/** Go through an unoptimised classic BPF program (bpf_filter.c); returns the instructions that were run, in order. */
export function runProgram(
  program: readonly Instruction[],
  draft: Draft,
  guide: Guide = { jump: (jump) => holds(jump), load: () => {} },
): readonly number[] {
  const visited: number[] = [];
  const memory: Value[] = Array.from({ length: 16 }, () => constant(0));
  let accumulator = constant(0);
  let index = constant(0);
  let at = 0;
  while (visited.length < mostSteps) {
    const instruction = program[at];
    if (instruction === undefined) return visited;
    visited.push(at);
    const { code, operand } = instruction;
    switch (code & 7) {
      case 0:
      case 1: {
        const value = load(code, operand, index, memory, draft, guide);
        if (value === undefined) return visited;
        if ((code & 7) === 0) accumulator = value;
        else index = value;
        break;
      }
      case 2:
        memory[operand] = accumulator;
        break;
      case 3:
        memory[operand] = index;
        break;
      case 4: {
        const value = calculate(code & 0xf0, accumulator, code & 8 ? index : constant(operand));
        if (value === undefined) return visited;
        accumulator = value;
        break;
      }
      case 5: {
        if ((code & 0xf0) === 0) {
          at += 1 + (operand | 0);
          continue;
        }
        const jump = readJump(at, code, accumulator, code & 8 ? index : constant(operand));
        at += 1 + (guide.jump(jump, draft) ? instruction.jumpTrue : instruction.jumpFalse);
        continue;
      }
      case 6:
        return visited;
      default:
        if (code & 0xf8) accumulator = index;
        else index = accumulator;
    }
    at += 1;
  }
  return visited;
}

/** Whether the comparison is true. */
export function holds({ comparison, left, right }: Jump): boolean {
  switch (comparison) {
    case 'equal':
      return left === right;
    case 'greater':
      return left > right;
    case 'at-least':
      return left >= right;
    case 'any-bit':
      return (left & right) !== 0;
  }
}

function readJump(at: number, code: number, left: Value, right: Value): Jump {
  const comparison = (['equal', 'greater', 'at-least', 'any-bit'] as const)[
    ((code & 0xf0) >> 4) - 1
  ];
  return {
    at,
    comparison: comparison ?? 'equal',
    left: left.number,
    right: right.number,
    origin: left.origin,
  };
}

function load(
  code: number,
  operand: number,
  index: Value,
  memory: readonly Value[],
  draft: Draft,
  guide: Guide,
): Value | undefined {
  const width = [4, 2, 1][(code & 0x18) >> 3] ?? 4;
  switch (code & 0xe0) {
    case 0x00:
      return constant(operand);
    case 0x20:
      return loadField(operand, width, draft, guide);
    case 0x40:
      return loadField((operand + index.number) >>> 0, width, draft, guide);
    case 0x60:
      return memory[operand];
    case 0x80:
      return { number: draft.wireLength >>> 0, origin: { ...untouched, field: 'length' } };
    default: {
      // 4 * the low half of a byte: the length of an IPv4 header.
      const byte = loadField(operand, 1, draft, guide);
      if (byte?.origin === undefined) return undefined;
      return { number: (byte.number & 15) * 4, origin: { ...byte.origin, mask: 15, left: 2 } };
    }
  }
}

const untouched = { right: 0, mask: 0xffffffff, left: 0, bias: 0 } as const;

function loadField(offset: number, width: number, draft: Draft, guide: Guide): Value | undefined {
  if (offset + width > draft.bytes.length) guide.load(offset + width, draft);
  if (offset + width > draft.bytes.length) return undefined;
  let number = 0;
  for (let byte = 0; byte < width; byte++)
    number = number * 256 + (draft.bytes[offset + byte] ?? 0);
  const mask = 256 ** width - 1;
  return { number, origin: { ...untouched, mask, field: { offset, width } } };
}

function calculate(operation: number, left: Value, right: Value): Value | undefined {
  const number = calculateNumber(operation, left.number, right.number);
  if (number === undefined) return undefined;
  if (right.origin === undefined)
    return { number, origin: transform(operation, left, right.number) };
  const commutes = operation === 0x00 || operation === 0x50;
  if (left.origin !== undefined || !commutes) return { number };
  return { number, origin: transform(operation, right, left.number) };
}

function calculateNumber(operation: number, left: number, right: number): number | undefined {
  switch (operation) {
    case 0x00:
      return (left + right) >>> 0;
    case 0x10:
      return (left - right) >>> 0;
    case 0x20:
      return Math.imul(left, right) >>> 0;
    case 0x30:
      return right === 0 ? undefined : Math.floor(left / right);
    case 0x40:
      return (left | right) >>> 0;
    case 0x50:
      return (left & right) >>> 0;
    case 0x60:
      return right > 31 ? 0 : (left << right) >>> 0;
    case 0x70:
      return right > 31 ? 0 : left >>> right;
    case 0x80:
      return -left >>> 0;
    case 0x90:
      return right === 0 ? undefined : left % right;
    default:
      return (left ^ right) >>> 0;
  }
}

/** The origin after an operation with a constant, where there is a simple way back. */
function transform(operation: number, { origin }: Value, by: number): Origin | undefined {
  if (origin === undefined) return undefined;
  const isPlain = origin.left === 0 && origin.bias === 0;
  switch (operation) {
    case 0x00:
      return { ...origin, bias: (origin.bias + by) >>> 0 };
    case 0x10:
      return { ...origin, bias: (origin.bias - by) >>> 0 };
    case 0x50:
      return isPlain ? { ...origin, mask: (origin.mask & by) >>> 0 } : undefined;
    case 0x60:
      return origin.bias === 0 && by < 32 ? { ...origin, left: origin.left + by } : undefined;
    case 0x70:
      return isPlain && by < 32
        ? { ...origin, right: origin.right + by, mask: origin.mask >>> by }
        : undefined;
    default:
      return undefined;
  }
}

/** Change the draft so that the value that came from `origin` becomes `wanted`, as far as its bits allow. */
export function writeBack(origin: Origin, wanted: number, draft: Draft): void {
  const { field, right, mask, left, bias } = origin;
  const bits = (((wanted - bias) >>> 0) >>> Math.min(31, left)) & mask;
  if (field === 'length') {
    draft.wireLength = bits >>> 0;
    return;
  }
  for (let byte = 0; byte < field.width; byte++) {
    const shift = (field.width - 1 - byte) * 8;
    const keep = ~Math.floor((mask * 2 ** right) / 2 ** shift) & 0xff;
    const value = Math.floor(((bits >>> 0) * 2 ** right) / 2 ** shift) & 0xff;
    const at = field.offset + byte;
    draft.bytes[at] = ((draft.bytes[at] ?? 0) & keep) | (value & ~keep & 0xff);
  }
}
