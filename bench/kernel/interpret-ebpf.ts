import { findMemory, type Memory, readMemory, writeMemory } from './memory.js';

/** An instruction of eBPF (struct bpf_insn), as the kernel shows it after verification. */
export interface BpfInstruction {
  readonly code: number;
  readonly destination: number;
  readonly source: number;
  readonly offset: number;
  /** Signed, 32 bits. */
  readonly immediate: number;
  /** Of an instruction of 16 bytes, which is followed by one that counts for nothing: what it loads. */
  readonly wide?: bigint;
  /** Of a call: the helper's name, if it is one. */
  readonly helper?: string;
}

/** What a function did. */
export interface Execution {
  readonly result: bigint;
  readonly instructions: number;
  readonly helperCalls: number;
}

const frameBytes = 512;
/** Where the stack of the interpreter is; no memory of the kernel's is there. */
const stackAddress = 0x10000n;
const mostSteps = 100_000;
const mask = (1n << 64n) - 1n;

/**
 * Run the function that starts at `entry` with one argument, and count the instructions executed in it and in what it
 * calls; what a helper does inside is not counted. Throws where the program does what ours do not: maps, atomics, memory
 * that was not given.
 */
export function execute(
  program: readonly BpfInstruction[],
  entry: number,
  argument: bigint,
  memories: readonly Memory[],
): Execution {
  const stack = { address: stackAddress, bytes: new Uint8Array(frameBytes * 8) };
  const all = [...memories, stack];
  const registers = new BigUint64Array(11);
  const callers: { readonly at: number; readonly saved: BigUint64Array }[] = [];
  const top = stackAddress + BigInt(stack.bytes.length);
  registers[1] = argument;
  registers[10] = top;
  let instructions = 0;
  let helperCalls = 0;
  let at = entry;
  for (; instructions < mostSteps; at++) {
    const instruction = program[at];
    if (instruction === undefined) throw new Error(`no instruction ${at}`);
    instructions++;
    const { code, destination, source, offset, immediate } = instruction;
    const register = (number: number) => registers[number] ?? 0n;
    switch (code & 7) {
      case 0:
        if (instruction.wide === undefined) throw unknown(at, code);
        registers[destination] = instruction.wide;
        at++;
        break;
      case 1:
        registers[destination] = readMemory(all, register(source) + BigInt(offset), widthOf(code));
        break;
      case 2:
      case 3: {
        if ((code & 0xe0) !== 0x60) throw unknown(at, code);
        const value = (code & 7) === 2 ? BigInt(immediate) : register(source);
        writeMemory(all, register(destination) + BigInt(offset), widthOf(code), value & mask);
        break;
      }
      case 4:
      case 7:
        registers[destination] = calculate(
          instruction,
          register(destination),
          code & 8 ? register(source) : BigInt(immediate) & mask,
        );
        break;
      default:
        switch (code) {
          case 0x05:
            at += offset;
            break;
          case 0x85:
            if (instruction.helper === undefined) {
              callers.push({ at, saved: registers.slice(6) });
              registers[10] = register(10) - BigInt(frameBytes);
              at += offset;
            } else {
              helperCalls++;
              registers[0] = callHelper(instruction.helper, registers, all);
            }
            break;
          case 0x95: {
            const caller = callers.pop();
            if (caller === undefined) return { result: register(0), instructions, helperCalls };
            registers.set(caller.saved, 6);
            at = caller.at;
            break;
          }
          default:
            if (
              holds(
                code,
                register(destination),
                code & 8 ? register(source) : BigInt(immediate) & mask,
              )
            )
              at += offset;
        }
    }
  }
  throw new Error('no end in sight');
}

function unknown(at: number, code: number): Error {
  return new Error(`instruction ${at} is of an unknown kind: ${code.toString(16)}`);
}

function widthOf(code: number): number {
  return [4, 2, 1, 8][(code & 0x18) >> 3] ?? 8;
}

function calculate({ code, immediate }: BpfInstruction, left: bigint, right: bigint): bigint {
  const isWord = (code & 7) === 4;
  if ((code & 0xf0) === 0xd0) return swap(left, immediate, isWord && (code & 8) === 0);
  const bits = isWord ? 32 : 64;
  const [one, other] = [BigInt.asUintN(bits, left), BigInt.asUintN(bits, right)];
  return BigInt.asUintN(bits, calculateBits(code & 0xf0, one, other, bits));
}

function calculateBits(operation: number, left: bigint, right: bigint, bits: number): bigint {
  const shift = right & BigInt(bits - 1);
  switch (operation) {
    case 0x00:
      return left + right;
    case 0x10:
      return left - right;
    case 0x20:
      return left * right;
    case 0x30:
      return right === 0n ? 0n : left / right;
    case 0x40:
      return left | right;
    case 0x50:
      return left & right;
    case 0x60:
      return left << shift;
    case 0x70:
      return left >> shift;
    case 0x80:
      return -left;
    case 0x90:
      return right === 0n ? left : left % right;
    case 0xa0:
      return left ^ right;
    case 0xb0:
      return right;
    case 0xc0:
      return BigInt.asIntN(bits, left) >> shift;
    default:
      throw new Error(`unknown operation ${operation.toString(16)}`);
  }
}

/** Bytes reversed, or (to little-endian on a little-endian machine) just fewer. */
function swap(value: bigint, bits: number, isKept: boolean): bigint {
  const kept = BigInt.asUintN(bits, value);
  if (isKept) return kept;
  let swapped = 0n;
  for (let shift = 0; shift < bits; shift += 8)
    swapped = (swapped << 8n) | ((kept >> BigInt(shift)) & 0xffn);
  return swapped;
}

function holds(code: number, left: bigint, right: bigint): boolean {
  const bits = (code & 7) === 6 ? 32 : 64;
  const [one, other] = [BigInt.asUintN(bits, left), BigInt.asUintN(bits, right)];
  const [signed, otherSigned] = [BigInt.asIntN(bits, left), BigInt.asIntN(bits, right)];
  switch (code & 0xf0) {
    case 0x10:
      return one === other;
    case 0x20:
      return one > other;
    case 0x30:
      return one >= other;
    case 0x40:
      return (one & other) !== 0n;
    case 0x50:
      return one !== other;
    case 0x60:
      return signed > otherSigned;
    case 0x70:
      return signed >= otherSigned;
    case 0xa0:
      return one < other;
    case 0xb0:
      return one <= other;
    case 0xc0:
      return signed < otherSigned;
    case 0xd0:
      return signed <= otherSigned;
    default:
      throw new Error(`unknown comparison ${code.toString(16)}`);
  }
}

/** bpf_probe_read_kernel(): where it may not read it clears what it was to fill, and says -EFAULT. */
function callHelper(name: string, registers: BigUint64Array, memories: readonly Memory[]): bigint {
  if (name !== 'bpf_probe_read_kernel') throw new Error(`a call of ${name}`);
  const [, to = 0n, sizeRegister = 0n, from = 0n] = registers;
  const size = Number(BigInt.asUintN(32, sizeRegister));
  const source = findMemory(memories, from, size);
  for (let byte = 0; byte < size; byte++)
    writeMemory(
      memories,
      to + BigInt(byte),
      1,
      BigInt(source?.view.getUint8(source.offset + byte) ?? 0),
    );
  return source === undefined ? mask - 13n : 0n;
}
