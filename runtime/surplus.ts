import type { RingBatch } from './bpf/ring-batch.js';
import { type NetcapCounters, netcapRecordOffset } from './events/generated.js';

/** Packets that came behind the last one that is wanted. */
export interface Surplus {
  /** The first packets of a batch; the others are counted. */
  cut(batch: RingBatch, wanted: number): RingBatch;
  /** Counters of each hook and CPU, with what was cut. */
  addTo(counters: readonly (readonly NetcapCounters[])[]): readonly (readonly NetcapCounters[])[];
}

/** Programs of several CPUs may each write one more than they should: see bpf-templates/limits.bpf.h. */
export function countSurplus(): Surplus {
  /** Hook and CPU of each packet. */
  const cut: (readonly [hook: number, processor: number])[] = [];
  return {
    cut: (batch, wanted) => {
      const { bytes, offsets } = batch;
      if (offsets.length <= wanted) return batch;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (const offset of offsets.slice(wanted)) {
        const hook = view.getUint32(offset + netcapRecordOffset.hook, true);
        cut.push([hook, view.getUint32(offset + netcapRecordOffset.processor, true)]);
      }
      return { ...batch, offsets: offsets.slice(0, wanted) };
    },
    addTo: (counters) => {
      if (cut.length === 0) return counters;
      return counters.map((ofHook, hook) =>
        ofHook.map((each, processor) => {
          const more = cut.filter(([h, p]) => h === hook && p === processor).length;
          return more === 0 ? each : { ...each, surplus: each.surplus + BigInt(more) };
        }),
      );
    },
  };
}
