import type { Packet } from '../../compiler/ir/interpret.js';
import { createBpfError } from '../../runtime/bpf/error.js';
import { loadObject } from '../../runtime/bpf/object.js';
import { createTestRun } from '../../runtime/bpf/test-run.js';
import { lastErrno, libbpf } from '../../runtime/ffi/libbpf.js';
import type { Memory } from './memory.js';

/** struct bench_packet of packet.bpf.h. */
const layout = { captured: 8, length: 12, skb: 64, bytes: 384, room: 1600, size: 2496 } as const;

/** The map of it. */
export const packetsMap = 'bench_packets';

/** Packets in the kernel, as skbs. */
export interface KernelPackets {
  readonly mapFd: number;
  /** What the kernel has of a packet, where it has it, and where the skb in it is. */
  readonly memory: (key: number) => Memory & { readonly skb: bigint };
  readonly close: () => void;
}

/** Put packets into the kernel; their keys are their places. `prepare` is the object that makes skbs of them. Throws BpfError. */
export function putPackets(prepare: Uint8Array, packets: readonly Packet[]): KernelPackets {
  const loaded = loadObject(prepare, { program: 'bench_prepare' });
  const mapFd = loaded.mapFd(packetsMap);
  const run = createTestRun(loaded.programFd);
  for (const [key, packet] of packets.entries()) {
    if (libbpf().bpf_map_update_elem(mapFd, encodeKey(key), encode(packet), 0) < 0)
      throw createBpfError({ operation: `put packet ${key}`, errno: lastErrno() });
    run(BigInt(key));
  }
  const memory = (key: number) => {
    const bytes = new Uint8Array(layout.size);
    if (libbpf().bpf_map_lookup_elem(mapFd, encodeKey(key), bytes) < 0)
      throw createBpfError({ operation: `get packet ${key}`, errno: lastErrno() });
    const skb = new DataView(bytes.buffer).getBigUint64(0, true);
    return { skb, address: skb - BigInt(layout.skb), bytes };
  };
  return { mapFd, memory, close: loaded.close };
}

function encodeKey(key: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(key).buffer);
}

function encode({ bytes, length }: Packet): Uint8Array {
  if (bytes.length > layout.room) throw new Error(`no room for ${bytes.length} bytes`);
  const value = new Uint8Array(layout.size);
  const view = new DataView(value.buffer);
  view.setUint32(layout.captured, bytes.length, true);
  view.setUint32(layout.length, length, true);
  value.set(bytes, layout.bytes);
  return value;
}
