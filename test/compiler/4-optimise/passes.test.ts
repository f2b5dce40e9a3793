import * as assert from 'uvu/assert';
import { passes, runPass } from '../../../compiler/4-optimise/index.js';
import { checkOrder, type Pass } from '../../../compiler/4-optimise/pass.js';
import { interpret } from '../../../compiler/ir/interpret.js';
import type * as Ir from '../../../compiler/ir/nodes.js';
import { verifyProgram } from '../../../compiler/ir/verify.js';
import { readCorpus } from '../../corpus/corpus.js';
import { ethernetPackets } from '../../packets/packets.js';
import {
  aroundPass,
  dedent,
  lowered,
  loweredIfAccepted,
  optimised,
} from '../../support/programs.js';
import { describe } from '../../support/suite.js';

describe('passes', (test) => {
  test('a pass before one that it needs is refused', () => {
    const pass: Pass = { name: 'b', after: ['a'], run: (program) => program };
    assert.throws(() => checkOrder([pass]), /b before a/);
  });

  test('place-guards makes bounds explicit, once a path', () => {
    const { after } = aroundPass('place-guards', 'ip[0] = 69 and ip[1] = 0');
    assert.is(
      after,
      dedent`
        link ethernet, start b0
        b0:  need 14
             if [12:2] == 0x800 then b1 else reject
        b1:  need 15
             if [14:1] == 69 then b2 else reject
        b2:  if [12:2] == 0x800 then b3 else reject
        b3:  need 16
             if [15:1] == 0 then accept else reject
      `,
    );
  });

  test('place-guards checks divisors, and an index before what it leads to', () => {
    const { after } = aroundPass('place-guards', 'ether[ether[0] / ether[1]] = 5');
    assert.is(
      after,
      dedent`
        link ethernet, start b0
        b0:  need 2
             need [1:1] != 0
             need ([0:1] / [1:1]) + 1
             if [([0:1] / [1:1]) + 0:1] == 5 then accept else reject
      `,
    );
  });

  test('fold-constants computes, and keeps the guards of loads that go', () => {
    const { after } = aroundPass(
      'fold-constants',
      'ether[2 + 14] * 0 = 0 and 1 + 2 = 3 and len >= 0',
    );
    assert.is(
      after,
      dedent`
        link ethernet, start b0
        b0:  need 17
             if true then accept else accept
      `,
    );
  });

  test('fold-constants decides what ranges decide', () => {
    const { after } = aroundPass('fold-constants', 'ether[0] & 0xf0 = 255 or ether[0] < 256');
    assert.is(
      after,
      dedent`
        link ethernet, start b0
        b0:  need 1
             if false then accept else accept
      `,
    );
  });

  test('fold-constants rejects where a guard can never pass', () => {
    const { after } = aroundPass('fold-constants', 'ether[0 - 1] = 0 or len / (1 - 1) = 0');
    assert.is(after, 'link ethernet, start reject\n');
  });

  test('thread-jumps does not test the type again', () => {
    const { before, after } = aroundPass('thread-jumps', 'ip and tcp port 80');
    assert.is(before.split('== 0x800').length - 1, 2);
    assert.is(after.split('== 0x800').length - 1, 1);
    assert.not.match(after, /0x86dd/);
  });

  test('thread-jumps keeps a block whose guard has not passed on the way', () => {
    const { after } = aroundPass('thread-jumps', 'not ip or not ip[0] * 0 = 0 and ip');
    assert.match(after, /need 15/);
  });

  test('check-early asks once for what all ways that read on need, and keeps the exact program', () => {
    const { before, after } = aroundPass('check-early', 'src port 53 or src port 99');
    assert.match(before, /need 56\n/);
    const { after: both } = aroundPass('check-early', 'ip6 and tcp port 53');
    assert.match(both, /need 58, else ask the exact program/);
    assert.match(both, /exact, link ethernet/);
    assert.match(both.slice(both.indexOf('exact, link')), /need 56\n/);
    assert.not.match(after, /else ask/, 'every way to accept needs the same');
  });

  test('check-early does not ask every packet for what few have', () => {
    assert.not.match(aroundPass('check-early', 'ip or ether[100] = 1').after, /else ask/);
    const payload = 'tcp[((tcp[12] & 0xf0) >> 2):2] = 1 or tcp[((tcp[12] & 0xf0) >> 2) + 2] = 1';
    const { after } = aroundPass('check-early', payload);
    assert.not.match(after.slice(0, after.indexOf('exact, ')), /240.*else ask/);
  });

  test('drop-implied leaves out a test that a later one repeats', () => {
    const { before, after } = aroundPass('drop-implied', 'tcp port 80 and ip[8] = 1');
    assert.match(before, /\[12:2\] == 0x86dd/);
    assert.not.match(after, /\[12:2\] == 0x86dd/);
  });

  test('order-tests asks for IPv4 first', () => {
    const { before, after } = aroundPass('order-tests', 'port 53');
    assert.ok(before.indexOf('0x86dd') < before.indexOf('0x800'));
    assert.ok(after.indexOf('0x800') < after.indexOf('0x86dd'));
    assert.equal(verifyProgram(optimised('port 53')), []);
  });

  test('merge-ranges compares once', () => {
    const { after } = aroundPass('merge-ranges', 'udp dst portrange 20-30');
    assert.match(after, /\[56:2\] - 20\) <= 10 then/);
  });

  test('gather-alternatives asks a field for all values at once', () => {
    const { after } = aroundPass('gather-alternatives', 'udp and (port 53 or 67 or 68)');
    const quick = after.slice(0, after.indexOf('exact, '));
    assert.match(quick, /\+ 14:2\] in \{53, 67-68\} then accept/);
    assert.match(quick, /\+ 16:2\] in \{53, 67-68\} then accept/);
  });

  test('gather-alternatives leaves alone what leads elsewhere', () => {
    const { after } = aroundPass('gather-alternatives', 'ip[8] = 1 and ip[9] = 2 or ip[8] = 3');
    assert.not.match(after, / in \{/);
  });

  test('merge-compares asks for neighbours together', () => {
    const { after } = aroundPass('merge-compares', 'tcp dst port 80');
    assert.match(after, /\(\[20:4\] & 0x1fff00ff\) == 6/);
    assert.match(
      aroundPass('merge-compares', 'ip6 src host 2001:db8::1').after,
      /\[22:8\] == 0x20010db800000000 then b2/,
    );
    assert.match(
      aroundPass('merge-compares', 'ether dst 02:00:00:00:00:01 and ip').after,
      /\(\[0:8\] & 0xffffffffffff0000\) == 0x200000000010000/,
    );
  });

  test('merge-compares leaves alone what would lead a packet elsewhere', () => {
    const { after } = aroundPass(
      'merge-compares',
      'ip[8] = 1 and ip[9] = 2 or ip[8] != 1 and ip[10] = 3',
    );
    assert.match(after, /\[22:1\] == 1/);
  });

  test('share-loads reads a field once on any way, with its neighbours', () => {
    const { after } = aroundPass('share-loads', 'tcp port 80 and host 10.0.0.1');
    const quick = after.slice(0, after.indexOf('exact, '));
    assert.match(quick, /word_12 = \[12:4\]/);
    assert.match(quick, /index = \(\(word_12\[2:1\] & 15\) << 2\)/);
    assert.match(quick, /index_word_14 = \[index \+ 14:4\]/);
    assert.match(quick, /word_26 = \[26:8\]/);
    for (const load of ['[12:', '[14:', '[26:', 'index + 14:'])
      assert.is(quick.split(load).length, 2 - Number(load === '[14:'), load);
  });

  test('share-loads does not evaluate a division ahead of its guard', () => {
    const { after } = aroundPass(
      'share-loads',
      'ether[ether[0] / ether[1]] = 5 or ether[ether[0] / ether[1]] = 6',
    );
    assert.not.match(after, /= \[.*\/.*\]\n/);
    assert.equal(
      verifyProgram(optimised('ether[ether[0] / ether[1]] = 5 or ether[ether[0] / ether[1]] = 6')),
      [],
    );
  });

  test('settle-variables removes what nothing reads, and keeps its guards', () => {
    const { before, after } = aroundPass('settle-variables', 'vxlan and ether[0] = 1');
    assert.match(before, /vxlan_1_type = /);
    assert.not.match(after, /vxlan_1_type = |vxlan_1_payload = /);
    assert.match(after, /vxlan_1_link = /);
    assert.match(aroundPass('settle-variables', 'geneve').after, /need geneve_1_header \+ 4/);
  });

  test('settle-variables reads 0 from what nothing assigns', () => {
    const { before, after } = aroundPass('settle-variables', 'not vxlan and ip6');
    assert.match(before, /\[vxlan_1_type \+ 0:2\] == 0x86dd/);
    assert.match(after, /\[0:2\] == 0x86dd/);
  });

  test('drop-tests removes tests that decide nothing', () => {
    const { before, after } = aroundPass('drop-tests', 'host 10.0.0.1 and ip');
    assert.match(before, /reject else reject/);
    assert.not.match(after, /reject else reject/);
    assert.match(aroundPass('drop-tests', 'ether[0] = 1 or ether[0] != 1').after, /if true/);
    // A walk over a chain of headers may reject by itself.
    const chain = aroundPass('drop-tests', 'ip protochain 6 or len >= 0').after;
    assert.match(chain, /ip chain at 14 has 6 then accept else accept/);
  });

  test('merge-blocks keeps one of blocks that do the same', () => {
    const { before, after } = aroundPass('merge-blocks', 'dst port 80');
    const reads = (text: string) => text.split('[56:2] == 80').length - 1;
    assert.is(reads(before), 3);
    assert.is(reads(after), 1);
  });

  test('raise-guards checks once what all paths ask for', () => {
    const { after } = aroundPass('raise-guards', 'ip[8] = 64');
    assert.is(
      after,
      dedent`
        link ethernet, start b0
        b0:  need 23
             if [12:2] == 0x800 then b1 else reject
        b1:  need 23
             if [22:1] == 64 then accept else reject
      `,
    );
  });

  test('raise-guards leaves a guard alone where a path accepts without more', () => {
    const { after } = aroundPass('raise-guards', 'arp or ip[8] = 64');
    assert.match(after, /need 14/);
  });

  test('drop-guards removes what has passed already', () => {
    const { after } = aroundPass('drop-guards', 'ip[8] = 64');
    assert.is(after.split('need').length - 1, 1);
  });

  test('every program is sound after every pass', () => {
    for (const { expression } of readCorpus('filters')) {
      for (const link of ['ethernet', 'raw', 'network', 'linux-sll', 'null', 'ppp'] as const) {
        let program = loweredIfAccepted(expression, link);
        if (program === undefined) continue;
        assert.equal(verifyProgram(program), [], expression);
        for (const pass of passes) {
          program = runPass(pass, program);
          assert.equal(verifyProgram(program), [], `${expression} after ${pass.name}`);
        }
      }
    }
  });

  const packets = ethernetPackets().filter((_, index) => index % 25 === 0);
  const judge = (program: Ir.Program) =>
    packets.map(({ bytes, wireLength: length }) => interpret(program, { bytes, length }));
  const sample = readCorpus('filters-sample').map(({ expression }) => ({
    expression,
    verdicts: judge(optimised(expression)),
  }));
  for (const left of new Set(passes.filter(({ required }) => !required)))
    test(`verdicts are the same without ${left.name}`, () => {
      const fewer = passes.filter((pass) => pass !== left);
      for (const { expression, verdicts } of sample) {
        const program = fewer.reduce((before, pass) => runPass(pass, before), lowered(expression));
        assert.equal(judge(program), verdicts, expression);
      }
    });
});
