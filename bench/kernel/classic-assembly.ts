import type { Instruction } from '../../test/oracle/stream.js';
import { type Classic, type Comparison, readClassic } from './classic.js';

/**
 * libpcap's program as the kernel translates it for a socket (bpf_convert_filter() and convert_bpf_ld_abs() of
 * net/core/filter.c): the same eBPF instructions in the same order, as lines of assembly. Registers are the kernel's: r0
 * the accumulator, r7 the index, r8 the data, r9 the length of the linear area, r6 the skb. Undefined for a program that a
 * socket refuses: one that goes back.
 */
export function classicToAssembly(program: readonly Instruction[]): readonly string[] | undefined {
  const instructions = program.map(readClassic);
  if (instructions.some((each, at) => each.kind === 'jump' && each.target <= at)) return undefined;
  const lines = instructions.flatMap((instruction, at) => [
    `${label(at)}:`,
    ...translate(instruction, at),
  ]);
  const last = lines.at(-1) === `goto ${label(program.length)}` ? lines.slice(0, -1) : lines;
  return resolveLabels(['w0 = 0', 'w7 = 0', ...last, `${label(program.length)}:`]);

  function translate(instruction: Classic, at: number): readonly string[] {
    // What the kernel ends with `exit` goes to the end of the assembly, which is one.
    const end = `goto ${label(program.length)}`;
    switch (instruction.kind) {
      case 'load':
        return load(instruction, end, `${label(at)}_done`);
      case 'header-length': {
        const byte = {
          kind: 'load',
          bytes: 1,
          offset: instruction.offset,
          indexed: false,
        } as const;
        return [
          'r7 = r0',
          ...load(byte, end, `${label(at)}_done`),
          'w0 &= 15',
          'w0 <<= 2',
          'r2 = r7',
          'r7 = r0',
          'r0 = r2',
        ];
      }
      case 'constant':
        return [`${words[instruction.to]} = ${instruction.value | 0}`];
      case 'restore':
        return [`${words[instruction.to]} = *(u32 *)(r10 - ${instruction.value * 4 + 4})`];
      case 'store':
        return [`*(u32 *)(r10 - ${instruction.value * 4 + 4}) = ${words[instruction.to]}`];
      case 'length':
        // In the kernel it is a member of the skb; struct bench_packet has it at a constant place before the skb.
        return [`${words[instruction.to]} = *(u32 *)(r6 - 52)`];
      case 'copy':
        return [instruction.to === 'a' ? 'r0 = r7' : 'r7 = r0'];
      case 'calculate':
        return calculate(instruction, end);
      case 'jump':
        return [`goto ${label(instruction.target)}`];
      case 'branch':
        return branch(instruction, at);
      case 'return':
        return [`w0 = ${instruction.accepts ? 262144 : 0}`, end];
    }
  }
}

const words = { a: 'w0', x: 'w7' } as const;

function label(at: number): string {
  return `at${at}`;
}

function load(
  { bytes, offset, indexed }: Omit<Extract<Classic, { readonly kind: 'load' }>, 'kind'>,
  end: string,
  done: string,
): readonly string[] {
  const bits = bytes * 8;
  const inline = [
    'r2 = r9',
    ...(offset === 0 ? [] : [`r2 -= ${offset}`]),
    `if r2 s< ${bytes} goto ${done}_far`,
    `r0 = *(u${bits} *)(r8 + ${offset})`,
    ...(bytes === 1 ? [] : [`r0 = be${bits} r0`]),
    `goto ${done}`,
    `${done}_far:`,
  ];
  const place = indexed
    ? ['r4 = r7', ...(offset === 0 ? [] : [`r4 += ${offset | 0}`])]
    : [`r4 = ${offset}`];
  return [
    ...(indexed ? [] : inline),
    'r1 = r6',
    'r2 = r8',
    'r3 = r9',
    ...place,
    `call bench_load_${bits}`,
    `if r0 s>= 0 goto ${done}`,
    'w0 ^= w0',
    end,
    `${done}:`,
  ];
}

function calculate(
  { operation, right }: Extract<Classic, { readonly kind: 'calculate' }>,
  end: string,
): readonly string[] {
  if (operation === 'negate') return ['w0 = -w0'];
  const isDivision = operation === '/' || operation === '%';
  const check = ['w7 = w7', 'if r7 != 0 goto +2', 'w0 ^= w0', end];
  return [
    ...(right === 'x' && isDivision ? check : []),
    operation === '%'
      ? encode({ code: 0x94, right, offset: '0' })
      : `w0 ${operation}= ${right === 'x' ? 'w7' : right | 0}`,
  ];
}

const opposites: Readonly<Partial<Record<Comparison, string>>> = {
  '==': '!=',
  '>': '<=',
  '>=': '<',
};

function branch(
  { comparison, right, whenTrue, whenFalse }: Extract<Classic, { readonly kind: 'branch' }>,
  at: number,
): readonly string[] {
  // Immediate values of eBPF are signed: large ones come from a register.
  const isLarge = right !== 'x' && right > 0x7fffffff;
  const before = isLarge ? [`w2 = ${right | 0}`] : [];
  const operand = right === 'x' ? 'r7' : isLarge ? 'r2' : `${right}`;
  const opposite = opposites[comparison];
  const jump = (sign: string, target: number) =>
    sign === '&'
      ? encode({ code: 0x45, right: isLarge ? 'r2' : right, offset: label(target) })
      : `if r0 ${sign} ${operand} goto ${label(target)}`;
  if (whenFalse === at + 1) return [...before, jump(comparison, whenTrue)];
  if (whenTrue === at + 1 && opposite !== undefined) return [...before, jump(opposite, whenFalse)];
  return [...before, jump(comparison, whenTrue), `goto ${label(whenFalse)}`];
}

/** An instruction on r0 that clang's assembler has no words for before version 17, as bytes (struct bpf_insn). */
function encode({
  code,
  right,
  offset,
}: {
  readonly code: number;
  readonly right: number | 'x' | 'r2';
  readonly offset: string;
}): string {
  const register = right === 'x' ? 0x70 : right === 'r2' ? 0x20 : 0;
  const isRegister = typeof right !== 'number';
  const bytes = `.byte ${isRegister ? code + 8 : code}, ${register}`;
  return `${bytes}; .short ${offset}; .long ${isRegister ? 0 : right}`;
}

/** Put distances in the place of labels: every line is an instruction of 8 bytes. */
function resolveLabels(lines: readonly string[]): readonly string[] {
  const places = new Map<string, number>();
  let size = 0;
  for (const line of lines) {
    if (line.endsWith(':')) places.set(line.slice(0, -1), size);
    else size += 1;
  }
  return lines
    .filter((line) => !line.endsWith(':'))
    .map((line, at) =>
      line.replace(/\bat\w+/, (name) => {
        const place = places.get(name);
        if (place === undefined) throw new Error(`no instruction is called ${name}`);
        return `+${place - at - 1}`;
      }),
    );
}
