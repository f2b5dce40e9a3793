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
    assert.equal(btf().signature('ip_rcv')?.parameters, [
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

  test.skipUnless(missingBtf(), 'what a function returns', () => {
    assert.is(btf().signature('skb_clone')?.returns, 'struct sk_buff *');
    assert.is(btf().signature('kfree_skb_list_reason')?.returns, 'void');
  });

  test.skipUnless(missingBtf(), 'functions and events that take a packet, and where', () => {
    const functions = new Map(
      btf()
        .functionsTaking('struct sk_buff *')
        .map(({ name, parameters }) => [name, parameters.map(({ type }) => type)]),
    );
    assert.is(functions.get('ip_local_deliver_finish')?.[2], 'struct sk_buff *');
    assert.not(functions.has('tcp_sendmsg'));
    assert.equal([...functions.keys()], [...functions.keys()].sort());
    const events = btf().eventsTaking('struct sk_buff *');
    const event = events.find(({ name }) => name === 'netif_receive_skb');
    assert.equal(event?.parameters, btf().eventParameters('netif_receive_skb'));
    assert.not(events.some(({ name }) => name === 'sched_switch'));
  });

  test('a module builds on the kernel', () => {
    const kernel = decodeBtf(
      encodeBtf(['', 'sk_buff', 'skb', 'kernel_function'], (name) => [
        [name('sk_buff'), kinds.struct, 0],
        [0, kinds.pointer, 1],
        [0, kinds.prototype, 0, [name('skb'), 2]],
        [name('kernel_function'), kinds.function, 3],
      ]),
    );
    // Its types count on from the kernel's four, and its strings from the kernel's; names may be in either.
    const module = kernel.module(
      encodeBtf(
        ['', 'module_function'],
        (name) => [
          [0, kinds.prototype, 2, [name('skb'), 2]],
          [name('module_function'), kinds.function, 5],
          [name('sk_buff'), kinds.function, 3],
        ],
        ['', 'sk_buff', 'skb', 'kernel_function'],
      ),
    );
    const skb = { name: 'skb', type: 'struct sk_buff *' };
    const returnsSkb = { parameters: [skb], returns: 'struct sk_buff *' };
    assert.equal(module.signature('module_function'), returnsSkb);
    assert.equal(module.signature('sk_buff'), { parameters: [skb], returns: 'void' });
    assert.is(module.signature('kernel_function'), undefined);
    assert.equal(
      module.functionsTaking('struct sk_buff *').map(({ name }) => name),
      ['module_function', 'sk_buff'],
    );
  });

  test.skipUnless(missingBtf(), 'what does not exist is undefined', () => {
    assert.is(btf().signature('no_such_function'), undefined);
    assert.is(btf().signature('sk_buff'), undefined, 'a struct is no function');
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

/** BTF_KIND_* of include/uapi/linux/btf.h. */
const kinds = { pointer: 2, struct: 4, function: 12, prototype: 13 };

type Type = readonly [
  name: number,
  kind: number,
  target: number,
  parameter?: readonly [name: number, type: number],
];

/** The bytes of a file in /sys/kernel/btf. `types` gets to know where a string is; `base` are the kernel's strings. */
function encodeBtf(
  strings: readonly string[],
  types: (name: (text: string) => number) => readonly Type[],
  base: readonly string[] = [],
): Uint8Array {
  const all = [...base, ...strings];
  const name = (text: string) => all.slice(0, all.indexOf(text)).join('\0').length + 1;
  const words = types(name).flatMap(([nameOffset, kind, target, parameter]) => [
    nameOffset,
    (kind << 24) | (parameter === undefined ? 0 : 1),
    target,
    ...(parameter ?? []),
  ]);
  const text = Buffer.from(`${strings.join('\0')}\0`, 'latin1');
  const header = [24, 0, words.length * 4, words.length * 4, text.length];
  return Buffer.concat([
    Buffer.from([0x9f, 0xeb, 1, 0]),
    Buffer.from(new Uint32Array([...header, ...words]).buffer),
    text,
  ]);
}
