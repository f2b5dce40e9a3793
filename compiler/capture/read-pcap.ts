import { mistake, type Outcome, success } from '../diagnostics/outcome.js';
import type { Capture, CapturedPacket } from './capture.js';

const fileHeaderBytes = 24;
const recordHeaderBytes = 16;

/** A classic pcap file (draft-ietf-opsawg-pcap). The upper bits of the link field hold the FCS length. */
export function readPcap(
  bytes: Uint8Array,
  view: DataView,
  isLittleEndian: boolean,
): Outcome<Capture> {
  const packets: CapturedPacket[] = [];
  let offset = fileHeaderBytes;
  while (offset < bytes.length) {
    if (offset + recordHeaderBytes > bytes.length)
      return damaged(offset, 'a record header is cut off');
    const captured = view.getUint32(offset + 8, isLittleEndian);
    const length = view.getUint32(offset + 12, isLittleEndian);
    const end = offset + recordHeaderBytes + captured;
    if (end > bytes.length) return damaged(offset, `a packet of ${captured} bytes is cut off`);
    packets.push({
      bytes: bytes.subarray(offset + recordHeaderBytes, end),
      length,
      record: bytes.subarray(offset, end),
    });
    offset = end;
  }
  const link = view.getUint32(20, isLittleEndian) & 0xffff;
  return success({ link, packets, preamble: bytes.subarray(0, fileHeaderBytes) });
}

/** The capture file is malformed at this offset. */
export function damaged(offset: number, what: string): Outcome<never> {
  return mistake('capture-damaged', `capture file is damaged at offset ${offset}: ${what}`);
}
