import * as assert from 'uvu/assert';
import { success } from '../../../compiler/index.js';
import { packetsOf } from '../../../runtime/packets.js';
import { keepLastPackets } from '../../../runtime/pcap/last-packets.js';
import { describe } from '../../support/suite.js';
import { batch } from '../records.js';

describe('keepLastPackets', (test) => {
  /** What is written of batches of so many packets, which are numbered by their timestamps. */
  const write = async (count: number, sizes: readonly number[]) => {
    const written: number[] = [];
    const sink = keepLastPackets(
      {
        append: async (each) => {
          for (const { record } of packetsOf(each)) written.push(Number(record.timestamp));
          return success(undefined);
        },
        close: async () => success(undefined),
        packetCount: () => written.length,
      },
      count,
    );
    let next = 0;
    for (const size of sizes) {
      const records = Array.from({ length: size }, () => ({
        record: { timestamp: BigInt(next++) },
        bytes: new Uint8Array(1),
      }));
      await sink.append(batch(records));
      assert.is(sink.packetCount(), 0);
    }
    await sink.close();
    return written;
  };

  test('the last packets are written when it is closed, oldest first', async () => {
    assert.equal(await write(3, [1, 1, 1, 1, 1]), [2, 3, 4]);
    assert.equal(await write(3, [10]), [7, 8, 9]);
    assert.equal(await write(3, [2, 2, 2]), [3, 4, 5]);
    assert.equal(await write(5, [4, 4, 1]), [4, 5, 6, 7, 8]);
  });

  test('fewer packets than that are all written', async () => {
    assert.equal(await write(10, [2, 1]), [0, 1, 2]);
    assert.equal(await write(10, []), []);
  });
});
