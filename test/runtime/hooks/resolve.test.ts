import * as assert from 'uvu/assert';
import { noArgument } from '../../../runtime/events/flags.js';
import { runningKernel } from '../../../runtime/hooks/kernel.js';
import { resolveHook } from '../../../runtime/hooks/resolve.js';
import { parseHooks } from '../../../runtime/hooks/spec.js';
import { describe } from '../../support/suite.js';
import { missingBtf } from '../requirements.js';

describe('resolveHook', (test) => {
  const kernel = runningKernel();
  const resolve = (text: string, packetType = 'struct sk_buff *') => {
    const specs = parseHooks(text);
    const [spec] = specs.ok ? specs.value : [];
    if (spec === undefined) throw new Error(text);
    return resolveHook(spec, kernel, packetType);
  };
  const ways = (text: string, packetType?: string) => {
    const resolved = resolve(text, packetType);
    return resolved.ok
      ? resolved.value.ways.map((way) => [way.kind, way.target, way.arguments.packet])
      : resolved.mistakes;
  };
  const codes = (text: string) => {
    const resolved = resolve(text);
    return resolved.ok ? [] : resolved.mistakes.map(({ code, help }) => [code, help]);
  };

  test.skipUnless(missingBtf(), 'a function by fentry, then by kprobe', () => {
    assert.equal(ways('ip_rcv'), [
      ['fentry', 'ip_rcv', 0],
      ['kprobe', 'ip_rcv', 0],
    ]);
    assert.equal(ways('kprobe:ip_rcv'), [['kprobe', 'ip_rcv', 0]]);
  });

  test.skipUnless(missingBtf(), 'the packet is found wherever it is', () => {
    assert.equal(ways('fentry:ip_local_deliver_finish'), [
      ['fentry', 'ip_local_deliver_finish', 2],
    ]);
    assert.equal(ways('tp_btf:tcp_probe', 'struct sock *'), [['tp_btf', 'tcp_probe', 0]]);
  });

  test.skipUnless(missingBtf(), 'a tracepoint by its cheapest kind first', () => {
    const found = ways('tp:net:netif_receive_skb');
    assert.equal(found.slice(0, 2), [
      ['tp_btf', 'netif_receive_skb', 0],
      ['raw_tp', 'netif_receive_skb', 0],
    ]);
  });

  test.skipUnless(missingBtf(), 'place and reason of a drop', () => {
    const resolved = resolve('tp_btf:kfree_skb');
    const found = resolved.ok ? resolved.value.ways[0]?.arguments : undefined;
    assert.is(found?.packet, 0);
    assert.is(found?.location, 1);
    const plain = resolve('tp_btf:netif_receive_skb');
    assert.is(plain.ok && plain.value.ways[0]?.arguments.location, noArgument);
  });

  test.skipUnless(missingBtf(), 'names that do not exist come with the nearest that do', () => {
    assert.equal(codes('ip_rvc'), [['unknown-function', 'the nearest are ip_rcv']]);
    assert.equal(codes('tp_btf:netif_recieve_skb'), [
      ['unknown-event', 'the nearest are netif_receive_skb'],
    ]);
    assert.equal(codes('tcp_probe'), [['unknown-function', 'write tp_btf:tcp_probe']]);
  });

  test.skipUnless(missingBtf(), 'an argument that is no packet is refused', () => {
    assert.equal(codes('ip_rcv@2')[0]?.[0], 'hook-argument');
    assert.equal(codes('ip_rcv@5')[0]?.[0], 'hook-argument');
    assert.equal(codes('tcp_sendmsg')[0]?.[0], 'hook-packet');
  });
});
