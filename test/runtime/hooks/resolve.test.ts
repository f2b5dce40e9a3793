import * as assert from 'uvu/assert';
import { noArgument, packetKinds, returned } from '../../../runtime/events/flags.js';
import { type Kernel, runningKernel } from '../../../runtime/hooks/kernel.js';
import { resolveHook } from '../../../runtime/hooks/resolve.js';
import { parseHooks } from '../../../runtime/hooks/spec.js';
import { describe } from '../../support/suite.js';
import { missingBtf } from '../requirements.js';

describe('resolveHook', (test) => {
  const kernel = runningKernel();
  const resolve = (text: string, packetType = 'struct sk_buff *', of: Kernel = kernel) => {
    const specs = parseHooks(text);
    const [spec] = specs.ok ? specs.value : [];
    if (spec === undefined) throw new Error(text);
    return resolveHook(spec, of, packetType);
  };
  const ways = (text: string, packetType?: string) => {
    const resolved = resolve(text, packetType);
    return resolved.ok
      ? resolved.value.ways.map((way) =>
          'functions' in way
            ? [way.kind, way.target, way.functions.length > 0]
            : [way.kind, way.target, way.arguments.packet],
        )
      : resolved.mistakes;
  };
  const firstArguments = (text: string) => {
    const resolved = resolve(text);
    const [way] = resolved.ok ? resolved.value.ways : [];
    return way === undefined || 'functions' in way ? undefined : way.arguments;
  };
  /** What a glob leaves in, and what it leaves out. */
  const glob = (text: string, changes: Partial<Kernel> = {}) => {
    const resolved = resolve(text, undefined, { ...kernel, ...changes });
    const [way] = resolved.ok ? resolved.value.ways : [];
    return {
      names:
        way !== undefined && 'functions' in way ? way.functions.map(({ target }) => target) : [],
      leftOut: resolved.ok ? resolved.value.leftOut : [],
    };
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
    const found = firstArguments('tp_btf:kfree_skb');
    assert.is(found?.packet, 0);
    assert.is(found?.location, 1);
    assert.is(firstArguments('tp_btf:netif_receive_skb')?.location, noArgument);
  });

  test.skipUnless(missingBtf(), 'at a return: an argument, or else what is returned', () => {
    assert.equal(ways('fexit:eth_type_trans'), [['fexit', 'eth_type_trans', 0]]);
    assert.equal(ways('kretprobe:eth_type_trans'), [['kretprobe', 'eth_type_trans', 0]]);
    // struct sk_buff *__alloc_skb(unsigned int size, gfp_t priority, int flags, int node)
    assert.equal(ways('kretprobe:__alloc_skb'), [['kretprobe', '__alloc_skb', returned]]);
    assert.equal(ways('fexit:__alloc_skb'), [['fexit', '__alloc_skb', 4]]);
    assert.equal(codes('fentry:__alloc_skb')[0]?.[0], 'hook-packet');
  });

  test.skipUnless(missingBtf(), 'what is not in a register is for fentry', () => {
    const parameters = Array.from({ length: 8 }, (_, index) => ({
      name: `a${index}`,
      type: index === 7 ? 'struct sk_buff *' : 'int',
    }));
    const changed = { ...kernel, signature: () => ({ parameters, returns: 'void' }) };
    const kinds = (text: string) => {
      const resolved = resolve(text, undefined, changed);
      return resolved.ok
        ? resolved.value.ways.map(({ kind }) => kind)
        : resolved.mistakes.map(({ message }) => message);
    };
    assert.equal(kinds('ip_rcv'), ['fentry']);
    assert.equal(kinds('kprobe:ip_rcv'), ['argument 8 of ip_rcv is not in a register']);
  });

  test.skipUnless(missingBtf(), 'a packet before it has an skb', () => {
    assert.is(firstArguments('xdp_do_redirect')?.packet, 1);
    assert.is(firstArguments('xdp_do_redirect')?.packetKind, packetKinds.xdp);
    assert.is(firstArguments('ip_rcv')?.packetKind, packetKinds.typed);
  });

  test.skipUnless(missingBtf(), 'names of other kernels lead to those of this one', () => {
    const has = (present: readonly string[]) => (name: string) =>
      present.includes(name)
        ? { parameters: [{ name: 'skb', type: 'struct sk_buff *' }], returns: 'void' }
        : undefined;
    const target = (text: string, present: readonly string[]) => {
      const resolved = resolve(text, undefined, { ...kernel, signature: has(present) });
      return resolved.ok && [resolved.value.ways[0]?.target, ...resolved.value.notes];
    };
    const note = (old: string, name: string) => [name, `${old} is ${name} in this kernel`];
    const newest = ['sk_skb_reason_drop'];
    assert.equal(target('kfree_skb', newest), note('kfree_skb', 'sk_skb_reason_drop'));
    assert.equal(
      target('kfree_skb_reason', newest),
      note('kfree_skb_reason', 'sk_skb_reason_drop'),
    );
    assert.equal(
      target('sk_skb_reason_drop', ['kfree_skb']),
      note('sk_skb_reason_drop', 'kfree_skb'),
    );
    assert.equal(target('kfree_skb', ['kfree_skb', 'kfree_skb_reason']), ['kfree_skb']);
  });

  test.skipUnless(
    missingBtf(),
    'a glob is all functions that take a packet, without exclusions',
    () => {
      assert.equal(ways('ip_*'), [
        ['kprobe.multi', 'ip_*', true],
        ['kprobe', 'ip_*', true],
      ]);
      const all = glob('ip_*', { traceable: () => undefined }).names;
      for (const name of ['ip_rcv', 'ip_local_deliver_finish']) assert.ok(all.includes(name), name);
      assert.ok(all.every((name) => name.startsWith('ip_')));
      assert.not(all.includes('ip_mc_join_group'), 'takes no packet');
      const without = glob('ip_*,!ip_rcv*,!ip_output', { traceable: () => undefined }).names;
      assert.equal(
        without,
        all.filter((name) => !name.startsWith('ip_rcv') && name !== 'ip_output'),
      );
      assert.ok(glob('*', { traceable: () => undefined }).names.length > 1000);
      assert.equal(codes('no_such_*')[0]?.[0], 'unknown-function');
      assert.equal(ways('fexit:ip_*'), [['fexit', 'ip_*', true]]);
      assert.equal(ways('kretprobe:ip_*'), [['kretprobe', 'ip_*', true]]);
    },
  );

  test.skipUnless(missingBtf(), 'a glob says what it leaves out', () => {
    const traceable = () => new Set(['ip_rcv', 'ip_output']);
    const { names, leftOut } = glob('ip_*', { traceable });
    assert.equal(names, ['ip_output', 'ip_rcv']);
    const reasons = new Map(leftOut.map(({ name, reason }) => [name, reason]));
    assert.is(reasons.get('ip_local_deliver'), 'not traceable');
  });

  test.skipUnless(missingBtf(), 'an interface is looked up', () => {
    assert.equal(ways('tc:lo:ingress'), [['tcx', 'lo:ingress', noArgument]]);
    assert.equal(ways('xdp:lo'), [
      ['xdp', 'lo', 0],
      ['xdp.fentry', 'lo', 0],
    ]);
    assert.equal(ways('xdp:lo:exit'), [['xdp.fexit', 'lo', 0]]);
    assert.is(firstArguments('xdp:lo')?.packetKind, packetKinds.xdp);
    assert.equal(codes('tc:nosuch0:egress')[0]?.[0], 'unknown-interface');
  });

  test.skipUnless(missingBtf(), 'an argument for C code needs C code', () => {
    assert.equal(codes('ip_rcv@1@2')[0]?.[0], 'hook-argument');
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
