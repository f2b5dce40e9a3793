import * as assert from 'uvu/assert';
import { mergeRecords } from '../../../runtime/bpf/ring-merge.js';
import { describe } from '../../support/suite.js';
import { busy, createWrittenRing, discarded } from './written-ring.js';

const sizeBytes = 256;
const later = Number.POSITIVE_INFINITY;

/** Rings whose records are a timestamp, and a name of four letters. */
function createRings(...positions: readonly number[]) {
  const rings = positions.map((position) => createWrittenRing(position, sizeBytes));
  const memories = rings.map(({ memory }) => memory);
  return {
    memories,
    produce: (ring: number, timestamp: bigint, name: string, flags = 0) => {
      const record = Buffer.alloc(12);
      record.writeBigUInt64LE(timestamp);
      record.write(name, 8);
      rings[ring]?.produce(record, flags);
    },
    commit: (ring: number, at: number) => rings[ring]?.commit(at),
    names: (horizon = later, limit = 10_000) => {
      const batch = mergeRecords(memories, limit, horizon);
      return (batch?.offsets ?? []).map((offset) =>
        Buffer.from(batch?.bytes ?? []).toString('latin1', offset + 8, offset + 12),
      );
    },
    areEmpty: () =>
      memories.every(
        ({ consumerPosition, producerPosition }) => consumerPosition[0] === producerPosition[0],
      ),
  };
}

describe('mergeRecords', (test) => {
  test('empty rings give nothing', () => {
    const { memories } = createRings(0, 0);
    assert.is(mergeRecords(memories, 1000, later), undefined);
  });

  test('records of all rings come in the order of their timestamps, and room is given back', () => {
    const { produce, names, areEmpty } = createRings(0, 0, 0);
    for (const [ring, timestamp, name] of [
      [0, 10n, 'aaaa'],
      [0, 11n, 'bbbb'],
      [2, 12n, 'cccc'],
      [0, 13n, 'dddd'],
      [2, 14n, 'eeee'],
      [2, 15n, 'ffff'],
    ] as const)
      produce(ring, timestamp, name);
    assert.equal(names(), ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee', 'ffff']);
    assert.ok(areEmpty());
  });

  test('timestamps are compared whole', () => {
    const { produce, names } = createRings(0, 0);
    produce(0, 0x1_0000_0001n, 'bbbb');
    produce(1, 0xffff_fff0n, 'aaaa');
    assert.equal(names(), ['aaaa', 'bbbb']);
  });

  test('what is younger than the horizon stays', () => {
    const { produce, names, areEmpty } = createRings(0, 0);
    produce(0, 10n, 'aaaa');
    produce(0, 30n, 'cccc');
    produce(1, 20n, 'bbbb');
    assert.equal(names(20), ['aaaa', 'bbbb']);
    assert.equal(names(29), []);
    assert.equal(names(30), ['cccc']);
    assert.ok(areEmpty());
  });

  test('nothing of a ring after a record that is being written, and all of the others', () => {
    const { produce, commit, names } = createRings(0, 0);
    produce(0, 10n, 'aaaa', busy);
    produce(0, 11n, 'bbbb');
    produce(1, 12n, 'cccc');
    assert.equal(names(), ['cccc']);
    commit(0, 0);
    assert.equal(names(), ['aaaa', 'bbbb']);
  });

  test('discarded records are passed over', () => {
    const { produce, names, areEmpty } = createRings(0, 0);
    produce(0, 10n, 'aaaa', discarded);
    produce(0, 11n, 'bbbb');
    produce(1, 12n, 'cccc', discarded);
    assert.equal(names(), ['bbbb']);
    assert.ok(areEmpty());
  });

  test('a limit ends a batch, and the rest comes with the next', () => {
    const { produce, names } = createRings(0, 0);
    produce(0, 10n, 'aaaa');
    produce(1, 11n, 'bbbb');
    produce(0, 12n, 'cccc');
    assert.equal(names(later, 25), ['aaaa', 'bbbb']);
    assert.equal(names(later, 25), ['cccc']);
  });

  test('records that wrap are whole', () => {
    const { produce, names } = createRings(sizeBytes * 7 - 16, sizeBytes * 3 - 8);
    produce(0, 10n, 'aaaa');
    produce(1, 11n, 'bbbb');
    produce(0, 12n, 'cccc');
    assert.equal(names(), ['aaaa', 'bbbb', 'cccc']);
  });
});
