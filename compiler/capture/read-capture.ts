import { mistake, type Outcome } from '../diagnostics/outcome.js';
import type { Capture } from './capture.js';
import { readPcap } from './read-pcap.js';
import { readPcapng } from './read-pcapng.js';

const pcapMagics = [0xa1b2c3d4, 0xa1b23c4d];
const pcapngBlock = 0x0a0d0d0a;

/** Read a pcap (both byte orders, micro- and nanoseconds) or pcapng file. Packets are views of `bytes`. */
export function readCapture(bytes: Uint8Array): Outcome<Capture> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24)
    for (const isLittleEndian of [true, false])
      if (pcapMagics.includes(view.getUint32(0, isLittleEndian)))
        return readPcap(bytes, view, isLittleEndian);
  if (bytes.length >= 28 && view.getUint32(0) === pcapngBlock) return readPcapng(bytes, view);
  return mistake('capture-unknown', 'not a pcap or pcapng file', {
    help: 'tcpdump -w and netcap run -w write files that can be read',
  });
}
