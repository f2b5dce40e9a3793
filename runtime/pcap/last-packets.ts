import { type Outcome, success } from '../../compiler/for-runtime.js';
import type { RingBatch } from '../bpf/ring-batch.js';
import type { PacketSink } from '../sink.js';

/**
 * A sink that keeps the last packets in memory and hands them on when it is closed, for whatever reason. A batch goes
 * as a whole once all that came after it are enough.
 */
export function keepLastPackets(sink: PacketSink, count: number): PacketSink {
  const kept: RingBatch[] = [];
  let packets = 0;
  return {
    append: async (batch) => {
      kept.push(batch);
      packets += batch.offsets.length;
      let drop = 0;
      for (const { offsets } of kept) {
        if (packets - offsets.length < count) break;
        packets -= offsets.length;
        drop++;
      }
      for (const { recycle } of kept.splice(0, drop)) recycle?.();
      return success(undefined);
    },
    close: async () => {
      const outcome = await flush();
      const closed = await sink.close();
      return outcome.ok ? closed : outcome;
    },
    packetCount: sink.packetCount,
    hasReader: async () => (await sink.hasReader?.()) ?? true,
  };

  async function flush(): Promise<Outcome<void>> {
    let surplus = packets - count;
    for (const { bytes, offsets } of kept.splice(0)) {
      const appended = await sink.append({ bytes, offsets: offsets.slice(Math.max(0, surplus)) });
      if (!appended.ok) return appended;
      surplus -= offsets.length;
    }
    return success(undefined);
  }
}
