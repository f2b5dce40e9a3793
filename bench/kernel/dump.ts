import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { BpfInstruction } from './interpret-ebpf.js';
import type { Memory } from './memory.js';

/** A program as it is in the kernel after verification. */
export interface Dump {
  readonly instructions: readonly BpfInstruction[];
  /** Where each function starts, by its name. */
  readonly functions: ReadonlyMap<string, number>;
  /** The maps of constants that it reads. */
  readonly memories: readonly Memory[];
}

/** Have bpftool show a program. Throws where bpftool is missing or refuses. */
export function dumpProgram(programFd: number): Dump {
  const id = /^prog_id:\s*(\d+)$/m.exec(
    readFileSync(`/proc/self/fdinfo/${programFd}`, 'utf8'),
  )?.[1];
  if (id === undefined) throw new Error('no program has this descriptor');
  const program = readDump(bpftool('prog', 'dump', 'xlated', 'id', id, 'opcodes'));
  const maps = new Set(program.instructions.flatMap(mapsOf));
  return { ...program, memories: Array.from(maps, dumpMap) };
}

/** One line of `bpftool --json prog dump xlated ... opcodes`. */
interface DumpedInstruction {
  /** At a function's first instruction: its declaration. */
  readonly proto?: string;
  readonly disasm: string;
  readonly opcodes: {
    readonly code: string;
    readonly src_reg: string;
    readonly dst_reg: string;
    readonly off: readonly string[];
    /** 4 bytes; of an instruction of 16 bytes, 12: its value's lower half, 4 that are 0, the upper half. */
    readonly imm: readonly string[];
  };
}

/** Read what bpftool shows. An instruction of 16 bytes takes two places, as in jumps. */
export function readDump(text: string): Omit<Dump, 'memories'> {
  const instructions: BpfInstruction[] = [];
  const functions = new Map<string, number>();
  for (const { proto, disasm, opcodes } of JSON.parse(text) as readonly DumpedInstruction[]) {
    const name = /(\w+)\(/.exec(proto ?? '')?.[1];
    if (name !== undefined) functions.set(name, instructions.length);
    const instruction = readInstruction(opcodes);
    const helper = /\bcall (bpf_\w+)#/.exec(disasm)?.[1];
    const isWide = opcodes.imm.length === 12;
    instructions.push({
      ...instruction,
      ...(helper === undefined ? {} : { helper }),
      ...(isWide ? { wide: wideValue(opcodes) } : {}),
    });
    if (isWide) instructions.push({ ...instruction, code: 0 });
  }
  return { instructions, functions };
}

function readInstruction({ code, src_reg, dst_reg, off, imm }: DumpedInstruction['opcodes']) {
  return {
    code: Number(code),
    destination: Number(dst_reg),
    source: Number(src_reg),
    offset: view(off).getInt16(0, true),
    immediate: view(imm).getInt32(0, true),
  };
}

/** BPF_PSEUDO_MAP_VALUE: the lower half is a map's id, the upper an offset in its value. */
const mapValue = 2;

function wideValue({ src_reg, imm }: DumpedInstruction['opcodes']): bigint {
  const low = BigInt(view(imm).getUint32(0, true));
  const high = view(imm).getUint32(8, true);
  if (Number(src_reg) === mapValue) return mapAddress(low) + BigInt(high);
  return (BigInt(high) << 32n) | low;
}

function view(bytes: readonly string[]): DataView {
  return new DataView(Uint8Array.from(bytes, Number).buffer);
}

/** Where the interpreter has a map: each at an address of its own, below all of the kernel's. */
const mapsAddress = 1n << 56n;

function mapAddress(id: bigint): bigint {
  return mapsAddress + (id << 24n);
}

/** The map that an instruction takes an address in, if it does. */
function mapsOf({ source, wide }: BpfInstruction): readonly bigint[] {
  return wide === undefined || source !== mapValue ? [] : [(wide - mapsAddress) >> 24n];
}

function dumpMap(id: bigint): Memory {
  const [element] = JSON.parse(bpftool('map', 'dump', 'id', String(id))) as readonly {
    readonly value: readonly string[];
  }[];
  return { address: mapAddress(id), bytes: Uint8Array.from(element?.value ?? [], Number) };
}

function bpftool(...args: readonly string[]): string {
  return execFileSync('bpftool', ['--json', ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}
