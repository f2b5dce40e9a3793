import * as assert from 'uvu/assert';
import { packetKindOf } from '../../../runtime/bpf/packet-kind.js';
import { packetKinds } from '../../../runtime/events/flags.js';
import { argumentWay, noArguments } from '../../../runtime/hooks/ways.js';
import { describe } from '../../support/suite.js';

describe('packetKindOf', (test) => {
  const kindOf = (
    kind: Parameters<typeof argumentWay>[0],
    target: string,
    packetKind: number = packetKinds.typed,
  ) => packetKindOf(argumentWay(kind, target, { ...noArguments, packet: 0, packetKind }));

  test('only programs whose arguments have types know that of their packets', () => {
    for (const kind of ['tp_btf', 'fentry', 'fexit'] as const)
      assert.is(kindOf(kind, 'ip_rcv'), packetKinds.typed, kind);
    for (const kind of ['kprobe', 'kretprobe', 'raw_tp', 'tracepoint', 'tcx'] as const)
      assert.is(kindOf(kind, 'ip_rcv'), packetKinds.target, kind);
  });

  test('what is of another type, or of none, stays what it is', () => {
    assert.is(kindOf('fentry', 'xdp_do_redirect', packetKinds.xdp), packetKinds.xdp);
    assert.is(kindOf('tp_btf', 'some_event', packetKinds.target), packetKinds.target);
  });

  test('a packet that may be gone is not trusted', () => {
    assert.is(kindOf('tp_btf', 'net_dev_xmit'), packetKinds.target);
    assert.is(kindOf('tp_btf', 'net_dev_start_xmit'), packetKinds.typed);
  });
});
