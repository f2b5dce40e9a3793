import * as assert from 'uvu/assert';
import { describeAttached, describeSummary } from '../../../runtime/cli/summary.js';
import { noArgument, noOffset } from '../../../runtime/events/flags.js';
import { describe } from '../../support/suite.js';

const none = { packet: noArgument, location: noArgument, reason: noArgument, payload: noArgument };
const noFields = { packet: noOffset, location: noOffset, reason: noOffset, payload: noOffset };
const counters = { seen: 10n, matched: 7n, ringFull: 2n, readFailed: 1n, truncated: 3n };

describe('describeAttached', (test) => {
  const attached = (changes: object) =>
    describeAttached(
      {
        way: {
          kind: 'tp_btf',
          target: 'tcp_probe',
          arguments: none,
          fields: noFields,
          ...changes,
        },
        refused: [],
      },
      'sock',
    );

  test('says where the packet is', () => {
    assert.is(
      attached({ arguments: { ...none, packet: 0 } }),
      'attached tp_btf:tcp_probe (sock is argument 1)',
    );
    assert.is(
      attached({ arguments: { ...none, packet: 0, payload: 1 } }),
      'attached tp_btf:tcp_probe (sock is argument 1, payload is argument 2)',
    );
    assert.is(
      attached({
        kind: 'tracepoint',
        target: 'tcp:tcp_probe',
        fields: { ...noFields, packet: 16 },
      }),
      'attached tracepoint:tcp:tcp_probe (sock is at offset 16 of the event)',
    );
  });
});

describe('describeSummary', (test) => {
  test('one hook needs no line of its own', () => {
    assert.equal(describeSummary(['a'], { hooks: [counters], total: counters, delivered: 4 }, 4), [
      '10 packets seen, 7 matched, 4 written, 3 truncated',
      '3 lost: 2 by a full ring, 1 unreadable',
    ]);
  });

  test('several do', () => {
    const summary = { hooks: [counters, counters], total: counters, delivered: 4 };
    assert.equal(describeSummary(['a', 'b'], summary, 4).slice(2), [
      '  a: 10 seen, 7 matched, 3 lost',
      '  b: 10 seen, 7 matched, 3 lost',
    ]);
  });
});
