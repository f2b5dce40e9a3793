import * as assert from 'uvu/assert';
import { type ProbedKind, probedKinds } from '../../../runtime/hooks/available-kinds.js';
import { type Kernel, runningKernel } from '../../../runtime/hooks/kernel.js';
import { listHookables } from '../../../runtime/hooks/list.js';
import { describe } from '../../support/suite.js';
import { runNetcap } from '../cli/netcap.js';
import { missingBtf, missingForLoading } from '../requirements.js';

const skb = { name: 'skb', packetType: 'struct sk_buff *' };

describe('listHookables', (test) => {
  const kernel: Kernel = {
    ...runningKernel(),
    traceable: () => new Set(['ip_rcv']),
    symbols: () =>
      new Map([
        ['ip_rcv', 1n],
        ['ip_output', 2n],
      ]),
    events: () => ['net:netif_receive_skb'],
  };
  const list = (glob: string, available: readonly ProbedKind[] = probedKinds) =>
    new Map(listHookables(kernel, skb, glob, new Set(available)).map((each) => [each.name, each]));

  test.skipUnless(missingBtf(), 'functions with the kinds that can get at them', () => {
    const found = list('ip_*');
    assert.equal(found.get('ip_rcv'), {
      type: 'function',
      name: 'ip_rcv',
      argument: 1,
      packet: 'skb',
      kinds: ['fentry', 'fexit', 'kprobe.multi', 'kprobe', 'kretprobe'],
    });
    assert.equal(found.get('ip_output')?.kinds, ['kprobe', 'kretprobe']);
    assert.is(found.get('ip_output')?.argument, 3);
    assert.equal(found.get('ip_local_deliver')?.kinds, []);
    assert.equal(list('ip_rcv', ['kprobe', 'tp_btf']).get('ip_rcv')?.kinds, ['kprobe']);
  });

  test.skipUnless(missingBtf(), 'events by their names or with their subsystems', () => {
    for (const glob of ['netif_receive_skb', 'net:*', '*']) {
      const event = list(glob).get('net:netif_receive_skb');
      assert.is(event?.type, 'event', glob);
      assert.equal(event?.kinds.slice(0, 2), ['tp_btf', 'raw_tp']);
    }
    // An event without a file in tracefs has to be named by its kind.
    assert.ok(list('consume_skb').has('tp_btf:consume_skb'));
  });

  test.skipUnless(missingBtf(), 'packets that have no skb yet', () => {
    const { argument, packet } = list('xdp_do_redirect').get('xdp_do_redirect') ?? {};
    assert.equal({ argument, packet }, { argument: 2, packet: 'xdp_buff' });
  });
});

describe('netcap list', (test) => {
  test.skipUnless(missingForLoading(), 'prints events that can be hooked here', async () => {
    const { output, status } = await runNetcap('list', 'netif_receive_skb', '--json');
    assert.is(status, 0);
    const event = JSON.parse(output).find(({ type }: { type: string }) => type === 'event');
    assert.match(event.name, /^(net|tp_btf):netif_receive_skb$/);
    assert.is(event.argument, 1);
    assert.ok(event.kinds.includes('tp_btf'));
  });

  test.skipUnless(missingForLoading(), 'prints lines for people', async () => {
    const { output } = await runNetcap('list', 'tcp_probe', '--target', 'sock');
    assert.match(output, /^(tcp|tp_btf):tcp_probe {2}sock is argument 1 {2}tp_btf raw_tp/m);
  });

  test.skipUnless(missingForLoading(), 'a glob that names nothing is a mistake', async () => {
    const { errors, status } = await runNetcap('list', 'no_such_*');
    assert.is(status, 1);
    assert.match(errors, /no function or event no_such_\*/);
  });
});
