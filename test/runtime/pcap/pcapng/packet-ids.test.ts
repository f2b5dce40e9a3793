import * as assert from 'uvu/assert';
import { createPacketIds } from '../../../../runtime/pcap/pcapng/packet-ids.js';
import { describe } from '../../../support/suite.js';

const high = 0xffff_8880;

describe('createPacketIds', (test) => {
  const create = (hooks = 3, freeing?: number) =>
    createPacketIds({ hooks, frees: (hook) => hook === freeing });

  test('one skb has one number at all hooks', () => {
    const id = create();
    assert.equal([id(64, high, 0, 0), id(64, high, 1, 0), id(64, high, 2, 1)], [1, 1, 1]);
  });

  test('other skbs have others', () => {
    const id = create();
    assert.equal([id(64, high, 0, 0), id(128, high, 0, 0), id(64, high + 1, 1, 0)], [1, 2, 3]);
  });

  test('an address that a hook sees again is another packet', () => {
    const id = create();
    assert.equal([id(64, high, 0, 0), id(64, high, 1, 0), id(64, high, 0, 0)], [1, 1, 2]);
    assert.is(id(64, high, 1, 0), 2);
  });

  test('an address that was given back is another packet', () => {
    const id = create(3, 1);
    assert.equal([id(64, high, 0, 0), id(64, high, 1, 0), id(64, high, 2, 0)], [1, 1, 2]);
  });

  test('an address that was silent for long is another packet', () => {
    const id = create();
    assert.equal([id(64, high, 0, 5), id(64, high, 1, 7)], [1, 2]);
  });

  test('more than 32 hooks', () => {
    const id = create(100);
    const all = Array.from({ length: 100 }, (_, hook) => id(64, high, hook, 0));
    assert.ok(all.every((number) => number === 1));
    assert.is(id(64, high, 99, 0), 2);
  });

  test('as many packets as are on their way in a busy machine keep their numbers', () => {
    const id = create(2);
    const skbs = Array.from({ length: 20_000 }, (_, index) => index * 256);
    const first = skbs.map((low) => id(low, high, 0, 0));
    const second = skbs.map((low) => id(low, high, 1, 0));
    const kept = second.filter((number, index) => number === first[index]).length;
    assert.ok(kept > 19_900, `${kept} of 20000`);
    assert.is(new Set(first).size, 20_000);
  });

  test('one hook: each record is a packet', () => {
    const id = create(1);
    assert.equal([id(64, high, 0, 0), id(64, high, 0, 0)], [1, 2]);
  });
});
