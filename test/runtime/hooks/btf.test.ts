import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { type Btf, decodeBtf } from '../../../runtime/hooks/btf.js';
import { describe } from '../../support/suite.js';
import { missingBtf } from '../requirements.js';

describe('decodeBtf', (test) => {
  let decoded: Btf | undefined;
  const btf = () => {
    decoded ??= decodeBtf(readFileSync('/sys/kernel/btf/vmlinux'));
    return decoded;
  };

  test.skipUnless(missingBtf(), 'the parameters of a function', () => {
    assert.equal(btf().functionParameters('ip_rcv'), [
      { name: 'skb', type: 'struct sk_buff *' },
      { name: 'dev', type: 'struct net_device *' },
      { name: 'pt', type: 'struct packet_type *' },
      { name: 'orig_dev', type: 'struct net_device *' },
    ]);
  });

  test.skipUnless(missingBtf(), 'the parameters of a tracepoint, without the private first', () => {
    assert.equal(
      btf()
        .eventParameters('kfree_skb')
        ?.map(({ type }) => type)
        .slice(0, 2),
      ['struct sk_buff *', 'void *'],
    );
  });

  test.skipUnless(missingBtf(), 'what does not exist is undefined', () => {
    assert.is(btf().functionParameters('no_such_function'), undefined);
    assert.is(btf().functionParameters('sk_buff'), undefined, 'a struct is no function');
    assert.is(btf().eventParameters('no_such_event'), undefined);
    assert.is(btf().functionId(''), undefined);
  });

  test.skipUnless(missingBtf(), 'the names of values', () => {
    assert.is(btf().enumNames('bpf_map_type').get(1), 'BPF_MAP_TYPE_HASH');
    assert.is(btf().enumNames('no_such_enum').size, 0);
  });

  test.skipUnless(missingBtf(), 'lists have thousands of names', () => {
    assert.ok(btf().functionNames().length > 10_000);
    assert.ok(btf().eventNames().includes('netif_receive_skb'));
  });

  test('what is not BTF is refused', () => {
    assert.throws(() => decodeBtf(new Uint8Array(64)), /not BTF/);
    assert.throws(() => decodeBtf(new Uint8Array(1)));
  });
});
