import * as assert from 'uvu/assert';
import { passes } from '../../../compiler/4-optimise/index.js';
import { checkOrder, type Pass } from '../../../compiler/4-optimise/pass.js';
import { interpret } from '../../../compiler/ir/interpret.js';
import { verifyProgram } from '../../../compiler/ir/verify.js';
import { readCorpus } from '../../corpus/corpus.js';
import { ethernetPackets } from '../../packets/packets.js';
import { aroundPass, dedent, lowered, loweredIfAccepted } from '../../support/programs.js';
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
          program = pass.run(program, () => {});
          assert.equal(verifyProgram(program), [], `${expression} after ${pass.name}`);
        }
      }
    }
  });

  const packets = ethernetPackets().filter((_, index) => index % 10 === 0);
  for (const left of passes.filter(({ required }) => !required))
    test(`verdicts are the same without ${left.name}`, () => {
      for (const { expression } of readCorpus('filters-sample')) {
        const run = (chosen: typeof passes) =>
          chosen.reduce((program, pass) => pass.run(program, () => {}), lowered(expression));
        const all = run(passes);
        const fewer = run(passes.filter((pass) => pass !== left));
        for (const { bytes, wireLength: length } of packets)
          assert.is(
            interpret(fewer, { bytes, length }),
            interpret(all, { bytes, length }),
            expression,
          );
      }
    });
});
