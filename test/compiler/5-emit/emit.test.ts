import * as assert from 'uvu/assert';
import { compile } from '../../../compiler/index.js';
import { describe } from '../../support/suite.js';

describe('emit', (test) => {
  test('the same filter gives the same C', () => {
    assert.is(compile('tcp port 80').c, compile('tcp port 80').c);
  });

  test('nothing is included, and no path of this machine is named', () => {
    for (const target of ['skb', 'sock', 'mbuf'] as const) {
      const c = compile('tcp port 80', { target }).c ?? '';
      assert.not.match(c, /#include/);
      assert.not.ok(c.includes(process.cwd()));
    }
  });

  test('filter text cannot leave its comment or its string', () => {
    const c = compile('ip[2] */* asm */ip[1] = 1').c;
    assert.is(c, undefined);
    const divided = compile('ip[2] * ip[1] /\n ip[1] = 1 # "*/ asm(0); /*\n and tcp').c ?? '';
    assert.match(divided, /"expression\\":\\"ip\[2\]/);
    assert.is(divided.split('\n').filter((line) => line.includes('asm(0)')).length, 1);
    assert.match(divided, /# \\\\\\"\*\/ asm\(0\); \/\*\\\\n/);
  });

  test('each group of statements says what it came from', () => {
    const c = compile('host 10.0.0.1 and tcp port 80').c ?? '';
    assert.match(c, /\/\* host 10\.0\.0\.1 \*\//);
    assert.match(c, /\/\* tcp port 80 \*\//);
  });

  test('shifts by a computed number of bits go through a function that knows about 32', () => {
    assert.match(compile('1 << ip[0] = 0').c ?? '', /netcap_shift_left\(1U, /);
    assert.not.match(compile('ip[0] << 2 = 0').c ?? '', /netcap_shift_left/);
  });
});
