import * as assert from 'uvu/assert';
import { type BpfInstruction, execute } from '../../../bench/kernel/interpret-ebpf.js';
import type { Memory } from '../../../bench/kernel/memory.js';
import { describe } from '../../support/suite.js';

/** An instruction; most have no offset. */
function instruction(
  code: number,
  [destination, source = 0]: readonly [number, number?],
  immediate = 0,
  more: Partial<BpfInstruction> = {},
): BpfInstruction {
  return { code, destination, source, offset: 0, immediate, ...more };
}

const exit = instruction(0x95, [0]);
const run = (program: readonly BpfInstruction[], argument = 0n, memories: readonly Memory[] = []) =>
  execute(program, 0, argument, memories);
const result = (...parameters: Parameters<typeof run>) => run(...parameters).result;

describe('execute', (test) => {
  test('instructions of 32 bits clear the upper half, those of 64 keep the sign of constants', () => {
    assert.is(result([instruction(0xb4, [0], -1), exit]), 0xffffffffn);
    assert.is(result([instruction(0xb7, [0], -1), exit]), 0xffffffffffffffffn);
    const shift = (code: number) => [instruction(0xb7, [0], -8), instruction(code, [0], 1), exit];
    assert.is(result(shift(0xc7)), 0xfffffffffffffffcn); // arithmetic
    assert.is(result(shift(0x77)), 0x7ffffffffffffffcn);
    assert.is(result(shift(0xc4)), 0xfffffffcn);
  });

  test('bytes are reversed to big-endian', () => {
    assert.is(
      result([instruction(0xbf, [0, 1]), instruction(0xdc, [0], 16), exit], 0x12345n),
      0x4523n,
    );
  });

  test('division by 0 is 0, and the remainder what was divided', () => {
    const divide = (code: number) => [instruction(0xb7, [0], 7), instruction(code, [0], 0), exit];
    assert.is(result(divide(0x37)), 0n);
    assert.is(result(divide(0x97)), 7n);
  });

  test('comparisons with and without sign, of 64 and 32 bits', () => {
    const jumps = (code: number, argument: bigint) =>
      run(
        [instruction(code, [1], 5, { offset: 1 }), exit, instruction(0xb7, [0], 1), exit],
        argument,
      ).instructions === 3;
    const minusOne = 0xffffffffffffffffn;
    assert.ok(jumps(0x25, minusOne)); // >
    assert.not(jumps(0x65, minusOne)); // signed >
    assert.ok(jumps(0x45, 4n)); // &
    assert.not(jumps(0x45, 8n));
    assert.not(jumps(0x15, 0x100000005n)); // ==
    assert.ok(jumps(0x16, 0x100000005n));
  });

  test('a function has a frame of its own, and gives back the registers that it must keep', () => {
    const program = [
      instruction(0xb7, [6], 3),
      instruction(0x7a, [10], 1, { offset: -8 }), // *(u64 *)(r10 - 8) = 1
      instruction(0x85, [0, 1], 0, { offset: 3 }),
      instruction(0x79, [0, 10], 0, { offset: -8 }),
      instruction(0x0f, [0, 6]),
      exit,
      instruction(0x7a, [10], 100, { offset: -8 }),
      instruction(0xb7, [6], 50),
      exit,
    ];
    assert.equal(run(program), { result: 4n, instructions: 9, helperCalls: 0 });
  });

  test('an instruction of 16 bytes counts once, and takes two places', () => {
    const wide = instruction(0x18, [0], 0, { wide: 1n << 40n });
    assert.equal(run([wide, instruction(0, [0]), exit]), {
      result: 1n << 40n,
      instructions: 2,
      helperCalls: 0,
    });
  });

  test('a helper reads what is there, and says so where nothing is', () => {
    const program = [
      instruction(0xbf, [3, 1]),
      instruction(0xbf, [1, 10]),
      instruction(0x07, [1], -4),
      instruction(0xb7, [2], 4),
      instruction(0x85, [0], 0, { helper: 'bpf_probe_read_kernel' }),
      instruction(0x61, [1, 10], 0, { offset: -4 }),
      instruction(0x0f, [0, 1]),
      exit,
    ];
    const memory = { address: 0x5000n, bytes: Uint8Array.of(1, 2, 0, 0, 9) };
    assert.equal(run(program, 0x5000n, [memory]), {
      result: 0x201n,
      instructions: 8,
      helperCalls: 1,
    });
    assert.is(BigInt.asIntN(64, result(program, 0x5002n, [memory])), -14n);
  });

  test('what is not known is refused', () => {
    const load = [instruction(0x79, [0, 1]), exit];
    assert.throws(() => run(load, 0x1234n), /no memory at 1234/);
    assert.throws(() => run([instruction(0xdb, [0, 1]), exit]), /unknown kind/); // atomic
    const call = instruction(0x85, [0], 0, { helper: 'bpf_map_lookup_elem' });
    assert.throws(() => run([call, exit]), /bpf_map_lookup_elem/);
    assert.throws(() => run([instruction(0x05, [0], 0, { offset: -1 })]), /no end/);
  });
});
