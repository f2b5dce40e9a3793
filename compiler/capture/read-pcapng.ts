import { mistake, type Outcome, success } from '../diagnostics/outcome.js';
import type { Capture, CapturedPacket } from './capture.js';
import { damaged } from './read-pcap.js';

const blockType = {
  section: 0x0a0d0d0a,
  interface: 1,
  simplePacket: 3,
  enhancedPacket: 6,
} as const;

/** A pcapng file (draft-ietf-opsawg-pcapng): enhanced and simple packet blocks, one link type. */
export function readPcapng(bytes: Uint8Array, view: DataView): Outcome<Capture> {
  const packets: CapturedPacket[] = [];
  let isLittleEndian = true;
  let link: number | undefined;
  let snaplen = 0;
  let preambleEnd = bytes.length;
  let offset = 0;
  while (offset < bytes.length) {
    if (offset + 12 > bytes.length) return damaged(offset, 'a block header is cut off');
    const type = view.getUint32(offset, isLittleEndian);
    if (type === blockType.section)
      isLittleEndian = view.getUint32(offset + 8, true) === 0x1a2b3c4d;
    const size = view.getUint32(offset + 4, isLittleEndian);
    if (size < 12 || size % 4 !== 0 || offset + size > bytes.length)
      return damaged(offset, `a block of ${size} bytes is cut off or misaligned`);
    const record = bytes.subarray(offset, offset + size);
    if (type === blockType.interface && size >= 20) {
      const next = view.getUint16(offset + 8, isLittleEndian);
      if (link !== undefined && link !== next)
        return mistake('capture-mixed', `the capture mixes link types ${link} and ${next}`, {
          help: 'split it by interface first',
        });
      link = next;
      snaplen = view.getUint32(offset + 12, isLittleEndian);
    } else if (type === blockType.enhancedPacket && size >= 32) {
      const captured = view.getUint32(offset + 20, isLittleEndian);
      if (captured > size - 32) return damaged(offset, `a packet of ${captured} bytes is cut off`);
      const length = view.getUint32(offset + 24, isLittleEndian);
      packets.push({ bytes: record.subarray(28, 28 + captured), length, record });
    } else if (type === blockType.simplePacket && size >= 16) {
      const length = view.getUint32(offset + 8, isLittleEndian);
      const captured = Math.min(length, snaplen === 0 ? length : snaplen, size - 16);
      packets.push({ bytes: record.subarray(12, 12 + captured), length, record });
    }
    if (packets.length === 1) preambleEnd = Math.min(preambleEnd, offset);
    offset += size;
  }
  return success({ link: link ?? 1, packets, preamble: bytes.subarray(0, preambleEnd) });
}
