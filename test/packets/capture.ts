import { joinBytes } from './bytes.js';
import type { Packet } from './packet.js';

/** Link-layer types of a classic pcap file. */
export const linkTypes = {
  null: 0,
  ethernet: 1,
  ppp: 9,
  raw: 101,
  loop: 108,
  linuxSll: 113,
  ipv4: 228,
  ipv6: 229,
  linuxSll2: 276,
} as const;

/** A classic pcap file, little-endian, microseconds: every packet has its number as time. */
export function captureFile(packets: readonly Packet[], linkType: number): Uint8Array {
  const records = packets.flatMap((packet, number) => [
    littleEndian(number, 0, packet.bytes.length, packet.wireLength),
    packet.bytes,
  ]);
  return joinBytes(littleEndian(0xa1b2c3d4, 0x00040002, 0, 0, 262144, linkType), ...records);
}

function littleEndian(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value, true);
  return new Uint8Array(view.buffer);
}
