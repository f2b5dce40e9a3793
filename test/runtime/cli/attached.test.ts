import * as assert from 'uvu/assert';
import { createBpfError } from '../../../runtime/bpf/error.js';
import type { Attachment } from '../../../runtime/bpf/hook-set.js';
import { describeAttachment } from '../../../runtime/cli/attached.js';
import { noArgument, returned } from '../../../runtime/events/flags.js';
import { noArguments, noFields, type Way } from '../../../runtime/hooks/ways.js';
import { describe } from '../../support/suite.js';

describe('describeAttachment', (test) => {
  const way = (changes: Partial<Way>): Way => ({
    kind: 'tp_btf',
    target: 'tcp_probe',
    arguments: noArguments,
    fields: noFields,
    ...changes,
  });
  const lines = (changes: Partial<Attachment>, isVerbose = false) =>
    describeAttachment(
      {
        spec: { group: 'function', kind: 'function', name: 'x', place },
        way: way({}),
        notes: [],
        refused: [],
        hooked: 1,
        leftOut: [],
        ...changes,
      },
      'sock',
      isVerbose,
    );
  const place = { source: 'hooks', text: 'x', start: 0, end: 1 } as const;
  const at = (packet: number, payload = noArgument) => ({ ...noArguments, packet, payload });

  test('says where the packet is', () => {
    assert.equal(lines({ way: way({ arguments: at(0) }) }), [
      'attached tp_btf:tcp_probe (sock is argument 1)',
    ]);
    assert.equal(lines({ way: way({ arguments: at(0, 1) }) }), [
      'attached tp_btf:tcp_probe (sock is argument 1, payload is argument 2)',
    ]);
    assert.equal(
      lines({
        way: way({
          kind: 'tracepoint',
          target: 'tcp:tcp_probe',
          fields: { ...noFields, packet: 16 },
        }),
      }),
      ['attached tracepoint:tcp:tcp_probe (sock is at offset 16 of the event)'],
    );
    assert.equal(lines({ way: way({ kind: 'kretprobe', target: 'f', arguments: at(returned) }) }), [
      'attached kretprobe:f (sock is what it returns)',
    ]);
    assert.equal(lines({ way: way({ kind: 'xdp', target: 'eth0' }) }), ['attached xdp:eth0']);
  });

  test('says what was tried before, and what a name became', () => {
    const error = createBpfError({ operation: 'attach fentry:f', reason: 'no such thing' });
    assert.equal(
      lines({
        way: way({ kind: 'kprobe', target: 'f', arguments: at(1) }),
        notes: ['e is f in this kernel'],
        refused: [{ kind: 'fentry', error }],
      }),
      [
        'note: e is f in this kernel',
        'attached kprobe:f (sock is argument 2); not as fentry: no such thing',
      ],
    );
  });

  test('counts the functions of a glob, and names some that were left out', () => {
    const functions = [0, 0, 2].map((packet) => way({ arguments: at(packet) }));
    const leftOut = 'abcdefg'.split('').map((name) => ({ name, reason: 'not traceable' }));
    const many: Partial<Attachment> = {
      way: { kind: 'kprobe.multi', target: 'f*', functions },
      hooked: 3,
      leftOut: [...leftOut, { name: 'h', reason: 'odd' }],
    };
    assert.equal(lines(many), [
      'attached kprobe.multi:f* at 3 functions (sock is argument 1 of 2, 3 of 1)',
      'not attached, not traceable: a, b, c, d, e and 2 more (-v names them)',
      'not attached, odd: h',
    ]);
    assert.is(lines(many, true)[1], 'not attached, not traceable: a, b, c, d, e, f, g');
  });
});
