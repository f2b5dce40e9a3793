import * as assert from 'uvu/assert';
import { classicToAssembly } from '../../../bench/kernel/classic-assembly.js';
import { canReachVerdict, classicToC } from '../../../bench/kernel/classic-c.js';
import type { Instruction } from '../../oracle/stream.js';
import { describe } from '../../support/suite.js';

function instruction(code: number, operand: number, jumpTrue = 0, jumpFalse = 0): Instruction {
  return { code, operand, jumpTrue, jumpFalse };
}

const accept = instruction(0x06, 262144);
const reject = instruction(0x06, 0);
/** `ip`. */
const ip = [instruction(0x28, 12), instruction(0x15, 0x800, 0, 1), accept, reject];
/** The assembly of one conditional jump between instructions that do nothing else. */
const jump = (code: number, operand: number, jumpTrue: number, jumpFalse: number) =>
  classicToAssembly([instruction(code, operand, jumpTrue, jumpFalse), accept, reject])?.slice(
    2,
    -3,
  );

describe('classicToAssembly', (test) => {
  test('a load compares with the linear area, and calls a function beyond', () => {
    assert.equal(classicToAssembly(ip), [
      'w0 = 0',
      'w7 = 0',
      'r2 = r9',
      'r2 -= 12',
      'if r2 s< 2 goto +3',
      'r0 = *(u16 *)(r8 + 12)',
      'r0 = be16 r0',
      'goto +8',
      'r1 = r6',
      'r2 = r8',
      'r3 = r9',
      'r4 = 12',
      'call bench_load_16',
      'if r0 s>= 0 goto +2',
      'w0 ^= w0',
      'goto +4',
      'if r0 != 2048 goto +2',
      'w0 = 262144',
      'goto +1',
      'w0 = 0',
    ]);
  });

  test('a load at a place that is computed is always a call', () => {
    const lines = classicToAssembly([instruction(0x50, 14), accept]) ?? [];
    assert.equal(lines.slice(2, 7), ['r1 = r6', 'r2 = r8', 'r3 = r9', 'r4 = r7', 'r4 += 14']);
  });

  test('one instruction for a jump that goes on, two for one that does not', () => {
    assert.equal(jump(0x25, 5, 1, 0), ['if r0 > 5 goto +2']);
    assert.equal(jump(0x25, 5, 0, 1), ['if r0 <= 5 goto +2']);
    const [both, other] = jump(0x35, 5, 1, 1) ?? [];
    assert.equal([both, other], ['if r0 >= 5 goto +3', 'goto +2']);
  });

  test('large numbers come from a register, and bits have no opposite', () => {
    assert.equal(jump(0x15, 0xc0a80001, 1, 0), ['w2 = -1062731775', 'if r0 == r2 goto +2']);
    assert.equal(jump(0x45, 5, 1, 0), ['.byte 69, 0; .short +2; .long 5']);
    assert.equal(jump(0x45, 5, 0, 1)?.length, 2);
  });

  test('the kernel takes no program that goes back', () => {
    assert.is(classicToAssembly([instruction(0x05, -1), accept]), undefined);
  });
});

describe('classicToC', (test) => {
  test('each load is one, each jump a goto', () => {
    const lines = classicToC(ip)
      .split('\n')
      .map((line) => line.trim());
    assert.equal(lines.slice(4, 11), [
      'if (!bench_read_16(source, &a, 12)) return false;',
      'if (a == 2048u)',
      'goto at2;',
      'goto at3;',
      'at2:',
      'return true;',
      'at3:',
    ]);
  });

  test('a program that goes back too often reaches no verdict', () => {
    // Back until the length of the packet is counted down.
    const loop = [
      instruction(0x80, 0),
      instruction(0x14, 1),
      instruction(0x15, 0, 1, 0),
      instruction(0x05, -3),
      accept,
    ];
    const packet = (length: number) => ({ bytes: new Uint8Array(length), length });
    assert.ok(canReachVerdict(loop, packet(5)));
    assert.not(canReachVerdict(loop, packet(50)));
  });
});
