import {
  decodeNetcapCounters,
  type NetcapCounters,
  netcapCountersSize,
} from '../events/generated.js';
import { lastErrno, libbpf } from '../ffi/libbpf.js';
import { createBpfError } from './error.js';

/** One hook's counters, of each CPU that is possible. Throws BpfError. */
export function readCounters(mapFd: number, hook: number): readonly NetcapCounters[] {
  const processors = libbpf().libbpf_num_possible_cpus();
  // The kernel rounds the value of each CPU up to 8 bytes; the struct is a multiple of 8 already.
  const values = new Uint8Array(processors * netcapCountersSize);
  const key = new Uint8Array(new Uint32Array([hook]).buffer);
  if (libbpf().bpf_map_lookup_elem(mapFd, key, values) < 0) {
    throw createBpfError({ operation: 'read counters', errno: lastErrno() });
  }
  const view = new DataView(values.buffer);
  return Array.from({ length: processors }, (_, index) =>
    decodeNetcapCounters(view, index * netcapCountersSize),
  );
}
