import { success } from '../../compiler/for-runtime.js';
import { addressOf } from '../ffi/libbpf.js';
import type { Layout } from './layout.js';

/** Members of struct rte_mbuf, DPDK 22.11 (lib/mbuf/rte_mbuf_core.h). */
const mbuf = {
  bytes: 128,
  bufferAddress: 0,
  dataOffset: 16,
  segments: 20,
  packetLength: 36,
  dataLength: 40,
  next: 64,
} as const;

/** RTE_PKTMBUF_HEADROOM: what a driver leaves free in front of a packet. */
const headroom = 128;

/** A chain of mbufs in this process's memory, where the program finds it as it would in a DPDK process. */
export const layOutMbuf: Layout = ({ bytes, length }, _key, { segments: count }) => {
  const share = Math.ceil(bytes.length / count);
  const parts = Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * share, (index + 1) * share),
  );
  const segmentBytes = mbuf.bytes + headroom + share;
  const memory = Buffer.alloc(count * segmentBytes);
  const address = addressOf(memory);
  for (const [index, part] of parts.entries()) {
    const start = index * segmentBytes;
    const isLast = index === count - 1;
    memory.writeBigUInt64LE(address + BigInt(start + mbuf.bytes), start + mbuf.bufferAddress);
    memory.writeUInt16LE(headroom, start + mbuf.dataOffset);
    memory.writeUInt16LE(count - index, start + mbuf.segments);
    memory.writeUInt32LE(length, start + mbuf.packetLength);
    memory.writeUInt16LE(part.length, start + mbuf.dataLength);
    memory.writeBigUInt64LE(
      isLast ? 0n : address + BigInt(start + segmentBytes),
      start + mbuf.next,
    );
    memory.set(part, start + mbuf.bytes + headroom);
  }
  return success({ argument: address, memory });
};
