import {
  decodeNetcapCounters,
  type NetcapCounters,
  netcapCountersSize,
} from '../events/generated.js';
import { lastErrno, libbpf } from '../ffi/libbpf.js';
import { createBpfError } from './error.js';

/** Sum of one hook's counters over all CPUs. Throws BpfError. */
export function readCounters(mapFd: number, hook: number): NetcapCounters {
  const processors = libbpf().libbpf_num_possible_cpus();
  // The kernel rounds the value of each CPU up to 8 bytes; the struct is a multiple of 8 already.
  const values = new Uint8Array(processors * netcapCountersSize);
  const key = new Uint8Array(new Uint32Array([hook]).buffer);
  if (libbpf().bpf_map_lookup_elem(mapFd, key, values) < 0) {
    throw createBpfError({ operation: 'read counters', errno: lastErrno() });
  }
  const view = new DataView(values.buffer);
  return sumCounters(
    Array.from({ length: processors }, (_, index) =>
      decodeNetcapCounters(view, index * netcapCountersSize),
    ),
  );
}

/** Member by member. */
export function sumCounters(counters: readonly NetcapCounters[]): NetcapCounters {
  return counters.reduce(
    (sum, next) => ({
      seen: sum.seen + next.seen,
      matched: sum.matched + next.matched,
      ringFull: sum.ringFull + next.ringFull,
      readFailed: sum.readFailed + next.readFailed,
      truncated: sum.truncated + next.truncated,
    }),
    { seen: 0n, matched: 0n, ringFull: 0n, readFailed: 0n, truncated: 0n },
  );
}
