import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { type NetcapInput, netcapInputOffset, netcapInputSize } from '../events/generated.js';
import type { LaidOutPacket } from './layout.js';

/** Captured bytes that an input has room for: NETCAP_MATCH_BYTES. */
const mostBytes = netcapInputSize - netcapInputOffset.bytes;
const scratchBytes = netcapInputOffset.bytes - netcapInputOffset.scratch;

/** A packet as the value of its key in map netcap_packets. */
export function layOutInput(
  bytes: Uint8Array,
  key: number,
  rest: Pick<NetcapInput, 'length' | 'protocol' | 'link'>,
): Outcome<LaidOutPacket> {
  if (bytes.length > mostBytes) {
    return mistake(
      'packet-too-long',
      `packet ${key + 1} has ${bytes.length} captured bytes, and programs are run over ${mostBytes} at most`,
      { help: `cut the packets with --truncate ${mostBytes}` },
    );
  }
  const room = new Uint8Array(mostBytes);
  room.set(bytes);
  const scratch = new Uint8Array(scratchBytes);
  return success({
    argument: BigInt(key),
    input: { captured: bytes.length, ...rest, scratch, bytes: room },
  });
}

/** The 16 bits at an offset, in network order; what is not there is 0. */
export function etherTypeAt(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}
