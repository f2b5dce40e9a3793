import type { Packet } from '../../compiler/ir/interpret.js';
import { runProgram } from '../../fuzz/program.js';
import type { Instruction } from '../../test/oracle/stream.js';
import { type Classic, readClassic } from './classic.js';

/** How often a program in C may go back: the verifier has to see an end, and goes through all ways in each round. */
const mostRounds = 8;

/** Whether the program in C reaches libpcap's verdict on a packet: it does not give up before. */
export function canReachVerdict(program: readonly Instruction[], packet: Packet): boolean {
  const visited = runProgram(program, { bytes: packet.bytes, wireLength: packet.length });
  const back = visited.filter((at, step) => at <= (visited[step - 1] ?? -1));
  return back.length <= mostRounds;
}

/**
 * libpcap's program in C, instruction by instruction and load by load: the body of bench_program() in probe-read.bpf.h.
 * Clang may merge what it likes, but not the calls of a helper.
 */
export function classicToC(program: readonly Instruction[]): string {
  const instructions = program.map(readClassic);
  const targets = new Set(instructions.flatMap(targetsOf));
  return [
    'static __always_inline bool bench_program(const struct bench_source *source)',
    '{',
    '\t__attribute__((unused)) __u32 a = 0, x = 0, value = 0, rounds = 0, memory[16] = {};',
    '',
    ...instructions.flatMap((instruction, at) => [
      ...(targets.has(at) ? [`at${at}:`] : []),
      ...writeInstruction(instruction, at).map((line) => `\t${line}`),
    ]),
    '}',
    '',
  ].join('\n');
}

function targetsOf(instruction: Classic): readonly number[] {
  switch (instruction.kind) {
    case 'jump':
      return [instruction.target];
    case 'branch':
      return [instruction.whenTrue, instruction.whenFalse];
    default:
      return [];
  }
}

function writeInstruction(instruction: Classic, at: number): readonly string[] {
  switch (instruction.kind) {
    case 'load': {
      const { bytes, offset, indexed } = instruction;
      return [read(bytes * 8, 'a', indexed ? `x + ${offset}u` : `${offset}`)];
    }
    case 'header-length':
      return [read(8, 'value', `${instruction.offset}`), 'x = (value & 15) * 4;'];
    case 'constant':
      return [`${instruction.to} = ${instruction.value}u;`];
    case 'restore':
      return [`${instruction.to} = memory[${instruction.value}];`];
    case 'store':
      return [`memory[${instruction.value}] = ${instruction.to};`];
    case 'length':
      return [`${instruction.to} = bench_length(source);`];
    case 'copy':
      return [instruction.to === 'a' ? 'a = x;' : 'x = a;'];
    case 'calculate':
      return writeCalculation(instruction);
    case 'jump':
      return instruction.target > at
        ? [`goto at${instruction.target};`]
        : [`if (++rounds > ${mostRounds})`, '\treturn false;', `goto at${instruction.target};`];
    case 'branch': {
      const { comparison, whenTrue, whenFalse } = instruction;
      return [
        `if (a ${comparison} ${writeRight(instruction.right)})`,
        `\tgoto at${whenTrue};`,
        `goto at${whenFalse};`,
      ];
    }
    case 'return':
      return [`return ${instruction.accepts};`];
  }
}

function read(bits: number, to: string, offset: string): string {
  return `if (!bench_read_${bits}(source, &${to}, ${offset})) return false;`;
}

function writeCalculation({
  operation,
  right,
}: Extract<Classic, { readonly kind: 'calculate' }>): readonly string[] {
  const other = writeRight(right);
  switch (operation) {
    case 'negate':
      return ['a = -a;'];
    case '<<':
    case '>>':
      return [`a = ${other} > 31 ? 0 : a ${operation} ${other};`];
    case '/':
    case '%':
      return [`if (${other} == 0) return false;`, `a ${operation}= ${other};`];
    default:
      return [`a ${operation}= ${other};`];
  }
}

function writeRight(right: number | 'x'): string {
  return right === 'x' ? right : `${right}u`;
}
