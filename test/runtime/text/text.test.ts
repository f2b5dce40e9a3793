import * as assert from 'uvu/assert';
import { createAnnotate } from '../../../runtime/text/annotate.js';
import { createLineAnnotator } from '../../../runtime/text/number-lines.js';
import { parseSymbols } from '../../../runtime/text/symbols.js';
import { describe } from '../../support/suite.js';
import { record } from '../records.js';

describe('parseSymbols', (test) => {
  const symbolise = parseSymbols(
    [
      'ffffffff81000100 T second',
      'ffffffff81000000 t first',
      'ffffffff81000080 d data',
      'ffffffffc0000000 t probe\t[veth]',
    ].join('\n'),
  );

  test('an address is a function and an offset', () => {
    assert.is(symbolise(0xffffffff81000000n), 'first+0x0');
    assert.is(symbolise(0xffffffff810000ffn), 'first+0xff');
    assert.is(symbolise(0xffffffff81000101n), 'second+0x1');
  });

  test('a function of a module says so', () => {
    assert.is(symbolise(0xffffffffc0000010n), 'probe+0x10 [veth]');
  });

  test('what cannot be named stays a number', () => {
    assert.is(symbolise(0x10n), '0x10');
    assert.is(parseSymbols('0000000000000000 T hidden')(0x10n), '0x10');
  });
});

describe('createAnnotate', (test) => {
  const annotate = createAnnotate({
    hookNames: ['kprobe:ip_rcv', 'tp_btf:kfree_skb'],
    symbolise: (address) => `f+0x${address.toString(16)}`,
    reasonNames: new Map([
      [1, 'SKB_CONSUMED'],
      [3, 'SKB_DROP_REASON_NO_SOCKET'],
    ]),
  });

  test('hooks line up', () => {
    assert.is(annotate(record({ hook: 0 })).prefix, 'kprobe:ip_rcv     ');
    assert.is(annotate(record({ hook: 1 })).prefix, 'tp_btf:kfree_skb  ');
  });

  test('a drop has reason and place', () => {
    assert.is(annotate(record({})).suffix, '');
    assert.is(annotate(record({ reason: 3, location: 1n })).suffix, '  reason NO_SOCKET at f+0x1');
    assert.is(annotate(record({ reason: 1 })).suffix, '  reason CONSUMED');
    assert.is(annotate(record({ reason: 0x10001 })).suffix, '  reason 65537');
  });
});

describe('createLineAnnotator', (test) => {
  const annotateAll = (lines: readonly string[]) => {
    const names = ['a', 'b', 'c'];
    const annotate = createLineAnnotator(() => ({ prefix: `${names.shift()}: `, suffix: ' .' }));
    return lines.map(annotate);
  };

  test('the number gives way to the annotation', () => {
    assert.equal(annotateAll(['    1  10:00 IP x', '    2  10:01 IP y']), [
      'a: 10:00 IP x .',
      'b: 10:01 IP y .',
    ]);
  });

  test('further lines of a packet stay as they are', () => {
    assert.equal(annotateAll(['    1  10:00 IP x', '\tmore', '    7  not a number', '    2  y']), [
      'a: 10:00 IP x .',
      '\tmore',
      '    7  not a number',
      'b: y .',
    ]);
  });
});
