import type { Instruction } from '../../test/oracle/stream.js';

/** An arithmetic instruction's operation. */
export type Operation = '+' | '-' | '*' | '/' | '|' | '&' | '<<' | '>>' | 'negate' | '%' | '^';

/** A conditional jump's. */
export type Comparison = '==' | '>' | '>=' | '&';

/** What an instruction of classic BPF does (linux/bpf_common.h, linux/filter.h); `x` stands for the index register. */
export type Classic =
  | {
      readonly kind: 'load';
      readonly bytes: 1 | 2 | 4;
      readonly offset: number;
      readonly indexed: boolean;
    }
  /** x = 4 * (low half of the byte): the length of an IPv4 header. */
  | { readonly kind: 'header-length'; readonly offset: number }
  | {
      readonly kind: 'constant' | 'restore' | 'store';
      readonly to: Register;
      readonly value: number;
    }
  | { readonly kind: 'length'; readonly to: Register }
  | { readonly kind: 'copy'; readonly to: Register }
  | { readonly kind: 'calculate'; readonly operation: Operation; readonly right: number | 'x' }
  /** Targets are numbers of instructions. */
  | { readonly kind: 'jump'; readonly target: number }
  | {
      readonly kind: 'branch';
      readonly comparison: Comparison;
      readonly right: number | 'x';
      readonly whenTrue: number;
      readonly whenFalse: number;
    }
  | { readonly kind: 'return'; readonly accepts: boolean };

export type Register = 'a' | 'x';

const operations: readonly Operation[] = [
  ...(['+', '-', '*', '/', '|', '&', '<<', '>>', 'negate', '%', '^'] as const),
];
const comparisons: readonly Comparison[] = ['==', '>', '>=', '&'];

/** Read an instruction that stands at `at`. Throws where libpcap writes none such. */
export function readClassic(instruction: Instruction, at: number): Classic {
  const { code, operand, jumpTrue, jumpFalse } = instruction;
  const right = code & 8 ? 'x' : operand;
  switch (code & 7) {
    case 0:
    case 1:
      return readLoad(code, operand);
    case 2:
    case 3:
      return { kind: 'store', to: (code & 7) === 2 ? 'a' : 'x', value: operand };
    case 4:
      return { kind: 'calculate', operation: pick(operations, code >> 4), right };
    case 5: {
      if ((code & 0xf0) === 0) return { kind: 'jump', target: at + 1 + (operand | 0) };
      const comparison = pick(comparisons, (code >> 4) - 1);
      const [whenTrue, whenFalse] = [at + 1 + jumpTrue, at + 1 + jumpFalse];
      return { kind: 'branch', comparison, right, whenTrue, whenFalse };
    }
    case 6:
      if ((code & 0x18) !== 0) throw new Error('a program that returns its accumulator');
      return { kind: 'return', accepts: operand !== 0 };
    default:
      return { kind: 'copy', to: code & 0xf8 ? 'a' : 'x' };
  }
}

function readLoad(code: number, operand: number): Classic {
  const to = (code & 7) === 0 ? 'a' : 'x';
  const bytes = pick([4, 2, 1] as const, (code & 0x18) >> 3);
  switch (code & 0xe0) {
    case 0x00:
      return { kind: 'constant', to, value: operand };
    case 0x20:
      return { kind: 'load', bytes, offset: operand, indexed: false };
    case 0x40:
      return { kind: 'load', bytes, offset: operand, indexed: true };
    case 0x60:
      return { kind: 'restore', to, value: operand };
    case 0x80:
      return { kind: 'length', to };
    default:
      return { kind: 'header-length', offset: operand };
  }
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error('not an instruction of classic BPF');
  return item;
}
