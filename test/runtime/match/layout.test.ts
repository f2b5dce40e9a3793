import * as assert from 'uvu/assert';
import { inputLink } from '../../../runtime/events/flags.js';
import { layOutMbuf } from '../../../runtime/match/layout-mbuf.js';
import { layOutSkb } from '../../../runtime/match/layout-skb.js';
import { describe } from '../../support/suite.js';

const options = { segments: 1, isVlanInMetadata: false };
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const macs = '00'.repeat(12);

describe('layOutSkb', (test) => {
  const layOut = (bytes: Uint8Array, link: 'ethernet' | 'network', isVlanInMetadata = false) => {
    const result = layOutSkb({ bytes, length: 100, link }, 7, { ...options, isVlanInMetadata });
    if (!result.ok) throw new Error(result.mistakes[0]?.message);
    return result.value;
  };

  test('the bytes as they are, under their key', () => {
    const bytes = hex(`${macs} 0800 45`);
    const { argument, input } = layOut(bytes, 'ethernet');
    assert.is(argument, 7n);
    assert.is(input?.captured, 15);
    assert.is(input?.length, 100);
    assert.is(input?.protocol, 0x0800);
    assert.is(input?.link, 0);
    assert.equal(Buffer.from(input?.bytes ?? []).subarray(0, 15), bytes);
  });

  test('without a link header the version tells the protocol', () => {
    assert.is(layOut(hex('45'), 'network').input?.protocol, 0x0800);
    assert.is(layOut(hex('60'), 'network').input?.protocol, 0x86dd);
    assert.is(layOut(hex(''), 'network').input?.protocol, 0);
    assert.is(layOut(hex('45'), 'network').input?.link, inputLink.network);
  });

  test('a tag goes to the metadata where that is asked for', () => {
    const tagged = hex(`${macs} 8100 0005 0800 45`);
    assert.is(layOut(tagged, 'ethernet').input?.protocol, 0x8100);
    assert.is(layOut(tagged, 'ethernet', true).input?.protocol, 0x0800);
    assert.is(layOut(tagged, 'ethernet', true).input?.link, inputLink.vlan);
    assert.is(layOut(hex(`${macs} 0800 45`), 'ethernet', true).input?.link, 0);
    assert.is(layOut(tagged.subarray(0, 17), 'ethernet', true).input?.link, 0, 'half a tag');
  });

  test('a packet that is too long is named', () => {
    const result = layOutSkb(
      { bytes: new Uint8Array(2049), length: 2049, link: 'ethernet' },
      2,
      options,
    );
    assert.match((!result.ok && result.mistakes[0]?.message) || '', /^packet 3 has 2049/);
  });
});

describe('layOutMbuf', (test) => {
  /** Follow the chain and put the packet together again. */
  const follow = (memory: Buffer, base: bigint) => {
    const parts: Buffer[] = [];
    let at = 0;
    for (;;) {
      const start = Number(memory.readBigUInt64LE(at) - base) + memory.readUInt16LE(at + 16);
      parts.push(memory.subarray(start, start + memory.readUInt16LE(at + 40)));
      const next = memory.readBigUInt64LE(at + 64);
      if (next === 0n) return parts;
      at = Number(next - base);
    }
  };

  for (const segments of [1, 2, 3, 4]) {
    test(`a chain of ${segments} holds the packet`, () => {
      const bytes = Uint8Array.from({ length: 101 }, (_, index) => index);
      const packet = { bytes, length: 1500, link: 'ethernet' as const };
      const result = layOutMbuf(packet, 0, { ...options, segments });
      if (!result.ok || result.value.memory === undefined) throw new Error('not laid out');
      const memory = Buffer.from(result.value.memory.buffer, result.value.memory.byteOffset);
      const parts = follow(memory, result.value.argument);
      assert.is(parts.length, segments);
      assert.is(memory.readUInt16LE(20), segments);
      assert.is(memory.readUInt32LE(36), 1500);
      assert.equal(Buffer.concat(parts), Buffer.from(bytes));
    });
  }
});
