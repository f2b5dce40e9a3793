import * as assert from 'uvu/assert';
import { takeRecords } from '../../../runtime/bpf/ring.js';
import type { RingMemory } from '../../../runtime/bpf/ring-memory.js';
import { describe } from '../../support/suite.js';
import { busy, createWrittenRing, discarded } from './written-ring.js';

const sizeBytes = 64;

/** A small ring whose records are texts. */
function createMemory(position: number) {
  const { memory, produce, commit } = createWrittenRing(position, sizeBytes);
  return {
    memory,
    commit,
    produce: (text: string, flags = 0) => produce(Buffer.from(text), flags),
  };
}

function texts(memory: RingMemory, limit = 1000): readonly string[] {
  const batch = takeRecords(memory, limit);
  return (batch?.offsets ?? []).map((offset) =>
    Buffer.from(batch?.bytes ?? []).toString('latin1', offset, offset + 4),
  );
}

describe('takeRecords', (test) => {
  test('an empty ring gives nothing', () => {
    assert.is(takeRecords(createMemory(0).memory, 1000), undefined);
  });

  test('records come in their order, and their room is given back', () => {
    const { memory, produce } = createMemory(0);
    produce('aaaa');
    produce('bbbbb');
    assert.equal(texts(memory), ['aaaa', 'bbbb']);
    assert.is(memory.consumerPosition[0], memory.producerPosition[0]);
    assert.equal(texts(memory), []);
  });

  test('nothing after a record that is being written', () => {
    const { memory, produce, commit } = createMemory(0);
    produce('aaaa');
    produce('bbbb', busy);
    produce('cccc');
    assert.equal(texts(memory), ['aaaa']);
    assert.equal(texts(memory), []);
    commit(16);
    assert.equal(texts(memory), ['bbbb', 'cccc']);
  });

  test('discarded records are passed over', () => {
    const { memory, produce } = createMemory(0);
    produce('aaaa', discarded);
    produce('bbbb');
    produce('cccc', discarded);
    assert.equal(texts(memory), ['bbbb']);
    assert.is(memory.consumerPosition[0], memory.producerPosition[0]);
  });

  test('a ring of nothing but discarded records is emptied', () => {
    const { memory, produce } = createMemory(0);
    produce('aaaa', discarded);
    assert.equal(takeRecords(memory, 1000)?.offsets, []);
    assert.is(memory.consumerPosition[0], memory.producerPosition[0]);
  });

  test('a record that wraps is whole, and positions go beyond the size', () => {
    const { memory, produce } = createMemory(sizeBytes * 1000 + 48);
    produce('aaaaaaaaaaaaaaaa');
    produce('bbbb');
    const batch = takeRecords(memory, 1000);
    assert.equal(
      batch?.offsets.map((offset) =>
        Buffer.from(batch.bytes).toString('latin1', offset, offset + 4),
      ),
      ['aaaa', 'bbbb'],
    );
    assert.is(Buffer.from(batch?.bytes ?? []).toString('latin1', 8, 24), 'a'.repeat(16));
  });

  test('a limit ends a batch after the record that reaches it', () => {
    const { memory, produce } = createMemory(0);
    for (const text of ['aaaa', 'bbbb', 'cccc']) produce(text);
    assert.equal(texts(memory, 17), ['aaaa', 'bbbb']);
    assert.equal(texts(memory, 17), ['cccc']);
  });

  test('a batch stays as it is when the ring is written again', () => {
    const { memory, produce } = createMemory(0);
    produce('aaaa');
    const batch = takeRecords(memory, 1000);
    for (let round = 0; round < 4; round++) produce('zzzz');
    assert.is(Buffer.from(batch?.bytes ?? []).toString('latin1', 8, 12), 'aaaa');
  });

  test('memory that is given is used if there is room, and else left alone', () => {
    const { memory, produce } = createMemory(0);
    const spare = new Uint8Array(24).fill(7);
    produce('aaaa');
    assert.is(takeRecords(memory, 1000, spare)?.bytes.buffer, spare.buffer);
    assert.is(Buffer.from(spare).toString('latin1', 8, 12), 'aaaa');
    produce('bbbb');
    produce('cccc');
    const larger = takeRecords(memory, 1000, spare);
    assert.is.not(larger?.bytes.buffer, spare.buffer);
    assert.is(larger?.offsets.length, 2);
    assert.is(Buffer.from(spare).toString('latin1', 8, 12), 'aaaa');
  });
});
