import * as assert from 'uvu/assert';
import { countOurs, countTheirs, type Work } from '../../bench/work-count.js';
import { analyse } from '../../compiler/index.js';
import type { Packet } from '../../compiler/ir/interpret.js';
import type * as Ir from '../../compiler/ir/nodes.js';
import type { Instruction } from '../oracle/stream.js';
import { describe } from '../support/suite.js';

const macs = '00'.repeat(12);

const packet = (hex: string): Packet => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return { bytes, length: bytes.length };
};

const span = { start: 0, end: 0 };
const load = (offset: number): Ir.Load => ({ kind: 'load', width: 2, offset });
const constant = (value: number): Ir.Constant => ({ kind: 'constant', value });

/** A program of one block that accepts if the test is true. */
const program = (test: Ir.Test, guards: readonly Ir.Guard[] = []): Ir.Program => ({
  link: 'ethernet',
  guarded: true,
  entry: 0,
  blocks: [{ guards, test, whenTrue: 'accept', whenFalse: 'reject', span }],
});

const work = ({ loads, tests, bounds }: Work) => [loads, tests, bounds];

describe('countOurs', (test) => {
  const guard = { kind: 'bounds', end: 14 } as const;
  const compare = {
    kind: 'compare',
    operator: '==',
    left: load(12),
    right: constant(0x800),
  } as const;

  test('a guard, a load and a compare are one each', () => {
    const counted = countOurs(program(compare, [guard]), packet(`${macs} 0800`));
    assert.equal(counted, { matches: true, loads: 1, tests: 1, bounds: 1 });
  });

  test('a guard that fails is all there is', () => {
    const counted = countOurs(program(compare, [guard]), packet('0800'));
    assert.equal(counted, { matches: false, loads: 0, tests: 0, bounds: 1 });
  });

  test('a load inside of another is a load', () => {
    const inner = { kind: 'load', width: 1, offset: 0 } as const;
    const outer = { kind: 'load', width: 1, offset: 0, index: inner } as const;
    const nested = { ...compare, left: outer, right: inner };
    assert.equal(work(countOurs(program(nested), packet('00'))), [3, 1, 0]);
  });

  test('a short set is compared until the number is found', () => {
    const intervals = [5n, 700n, 9000n].map((number) => ({ low: number, high: number }));
    const member = { kind: 'member', values: [load(0)], set: { words: 1, intervals } } as const;
    const count = (number: string) => work(countOurs(program(member), packet(number)));
    assert.equal(
      [count('0005'), count('2328'), count('0008')],
      [
        [1, 1, 0],
        [1, 3, 0],
        [1, 3, 0],
      ],
    );
  });

  test('a set within 64 numbers is one comparison, and a second inside of it', () => {
    const intervals = [5n, 7n, 9n].map((number) => ({ low: number, high: number }));
    const member = { kind: 'member', values: [load(0)], set: { words: 1, intervals } } as const;
    const count = (number: string) => work(countOurs(program(member), packet(number)));
    assert.equal(
      [count('0004'), count('0008'), count('000a')].map(([, tests]) => tests),
      [1, 2, 1],
    );
  });

  test('a long set is searched in as many steps as its length has bits, or as a part of it has', () => {
    const tests = (length: number, place: (index: number) => number) => {
      const intervals = Array.from({ length }, (_, index) => BigInt(place(index))).map(
        (number) => ({ low: number, high: number }),
      );
      const member = { kind: 'member', values: [load(0)], set: { words: 1, intervals } } as const;
      return countOurs(program(member), packet('0005')).tests;
    };
    const inTwoPlaces = (index: number) => index * 2 + (index > 0 ? 0xe0000000 : 0);
    assert.is(tests(10_000, inTwoPlaces), tests(10, inTwoPlaces) + 10);
    const spread = (index: number) => index * 0x10000;
    assert.is(tests(10_000, spread), tests(1000, spread));
    assert.ok(tests(1000, spread) < tests(1000, inTwoPlaces) - 4);
  });

  test('a chain costs more with each header', () => {
    const ir = analyse('ip6 protochain 6', { link: 'ethernet' }).ir?.[0];
    assert.ok(ir);
    const frame = (next: string, headers: string) =>
      countOurs(ir, packet(`${macs} 86dd 60000000 0010 ${next} 40 ${'00'.repeat(32)} ${headers}`));
    const [none, one] = [frame('06', ''), frame('3c', '0600000000000000')];
    assert.ok(none.matches && one.matches);
    assert.ok(one.loads > none.loads && one.tests > none.tests && one.bounds > none.bounds);
  });
});

describe('countTheirs', (test) => {
  const instruction = (
    code: number,
    operand: number,
    jumpTrue = 0,
    jumpFalse = 0,
  ): Instruction => ({
    code,
    operand,
    jumpTrue,
    jumpFalse,
  });
  /** `ip and` whether the header's length is 20 bytes, with a jump that is none. */
  const classic = [
    instruction(0x28, 12), // ldh [12]
    instruction(0x15, 0x800, 0, 4), // jeq
    instruction(0xb1, 14), // ldxb 4*([14]&0xf)
    instruction(0x87, 0), // txa
    instruction(0x15, 20, 0, 1), // jeq
    instruction(0x06, 1), // ret
    instruction(0x06, 0),
  ];

  test('each load has its check of bounds, each conditional jump is a test', () => {
    assert.equal(work(countTheirs(classic, packet(`${macs} 0800 45`))), [2, 2, 2]);
    assert.equal(work(countTheirs(classic, packet(`${macs} 0806 45`))), [1, 1, 1]);
  });

  test('constants, scratch memory, the length and plain jumps are no work', () => {
    const idle = [
      instruction(0x00, 7), // ld #7
      instruction(0x02, 0), // st M[0]
      instruction(0x60, 0), // ld M[0]
      instruction(0x80, 0), // ld #pktlen
      instruction(0x05, 0), // ja
      instruction(0x06, 1),
    ];
    assert.equal(work(countTheirs(idle, packet('00'))), [0, 0, 0]);
  });
});
