import * as assert from 'uvu/assert';
import { createBpfError, isBpfError, lastUsefulLine } from '../../../runtime/bpf/error.js';
import { formatRefusal } from '../../../runtime/cli/report.js';
import { describe } from '../../support/suite.js';

/** What Linux 6.18 said of a program that reads beyond a map's value. */
const log = `reg type unsupported for arg#0 function netcap_capture#12
0: R1=ctx() R10=fp0
; value = context[0];
0: (79) r1 = *(u64 *)(r1 +0)
invalid access to map value, value_size=40 off=40 size=8
R0 min value is outside of the allowed memory range
processed 31 insns (limit 1000000) max_states_per_insn 0 total_states 2 peak_states 2 mark_read 1
`;

describe('BpfError', (test) => {
  test('the verifier is quoted by its last useful line', () => {
    assert.is(lastUsefulLine(log), 'R0 min value is outside of the allowed memory range');
    assert.is(lastUsefulLine(''), undefined);
    assert.is(lastUsefulLine('processed 0 insns\n\n'), undefined);
  });

  test('an errno is named and explained', () => {
    const error = createBpfError({ operation: 'attach kprobe:x', errno: 2 });
    assert.is(error.message, 'cannot attach kprobe:x: not found (ENOENT)');
    assert.is(error.errnoName, 'ENOENT');
    assert.ok(isBpfError(error));
    assert.not(isBpfError(new Error('x')));
  });

  test("libbpf's own numbers are explained", () => {
    const error = createBpfError({ operation: 'open object', errno: 4001 });
    assert.is(error.message, 'cannot open object: not a BPF object file');
  });

  test('a refused privilege comes with advice', () => {
    assert.ok(createBpfError({ operation: 'load', errno: 1 }).help);
    assert.is(createBpfError({ operation: 'load', errno: 22 }).help, undefined);
  });

  test('the whole log is for those who ask', () => {
    const error = createBpfError({ operation: 'load', errno: 13, log });
    assert.not.match(formatRefusal(error, false), 'processed 31');
    assert.match(formatRefusal(error, false), '7 lines');
    assert.match(formatRefusal(error, true), 'processed 31');
  });
});
