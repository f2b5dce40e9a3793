import * as assert from 'uvu/assert';
import { readDump } from '../../../bench/kernel/dump.js';
import { describe } from '../../support/suite.js';

const bytes = (hex: string) => hex.split(' ').map((byte) => `0x${byte}`);
const line = (disasm: string, [code, source, destination]: readonly string[], imm: string) => ({
  disasm,
  opcodes: { code, src_reg: source, dst_reg: destination, off: bytes('fe ff'), imm: bytes(imm) },
});

describe('readDump', (test) => {
  test('numbers are signed, functions are found by their names', () => {
    const { instructions, functions } = readDump(
      JSON.stringify([
        line('(b7) r1 = -1', ['0xb7', '0x0', '0x1'], 'ff ff ff ff'),
        {
          proto: 'bool netcap_verdict(struct netcap_view * view)',
          ...line('(95) exit', ['0x95', '0x0', '0xa'], '00 00 00 00'),
        },
      ]),
    );
    assert.equal(instructions[0], {
      code: 0xb7,
      destination: 1,
      source: 0,
      offset: -2,
      immediate: -1,
    });
    assert.is(instructions[1]?.destination, 10);
    assert.is(functions.get('netcap_verdict'), 1);
  });

  test('an instruction of 16 bytes takes two places; the second half is behind 4 bytes', () => {
    const imm = '78 56 34 12 00 00 00 00 01 00 00 00';
    const { instructions } = readDump(
      JSON.stringify([line('(18) r1 = 0x112345678', ['0x18', '0x0', '0x1'], imm)]),
    );
    assert.is(instructions.length, 2);
    assert.is(instructions[0]?.wide, 0x112345678n);
  });

  test('an offset in a map is behind where the map is', () => {
    const read = (imm: string) =>
      readDump(JSON.stringify([line('(18) r1 = map[id:7][0]+8', ['0x18', '0x2', '0x1'], imm)]))
        .instructions[0]?.wide ?? 0n;
    const [start, behind] = [
      read('07 00 00 00 00 00 00 00 00 00 00 00'),
      read('07 00 00 00 00 00 00 00 08 00 00 00'),
    ];
    assert.is(behind - start, 8n);
    assert.is.not(start, read('08 00 00 00 00 00 00 00 00 00 00 00'));
  });

  test('helpers have names, functions of the program do not', () => {
    const calls = [
      line('(85) call bpf_probe_read_kernel#-69024', ['0x85', '0x0', '0x0'], '60 f2 fe ff'),
      line(
        '(85) call pc+6#bpf_prog_342bf7d6ec2aa1bf_netcap_verdict',
        ['0x85', '0x1', '0x0'],
        '02 00 00 00',
      ),
    ];
    const { instructions } = readDump(JSON.stringify(calls));
    assert.equal(
      instructions.map(({ helper }) => helper),
      ['bpf_probe_read_kernel', undefined],
    );
  });
});
