import { packetTypeOf, packetTypes, recordFlags } from '../../events/flags.js';
import type { Direction } from './direction.js';

/** Bits of `epb_flags` (section 4.3.1 of the draft). */
const directionBits = { inbound: 1, outbound: 2 } as const;
const receptionShift = 2;
/** By skb->pkt_type: unicast, broadcast, multicast, promiscuous. */
const reception = [1, 3, 2, 4];

/** What there is to know of the packets of a hook. */
export interface PacketFlagsOptions {
  /** The direction of all packets of the hook, if they have one. */
  readonly direction: Direction | undefined;
  /** Whether the packets are skbs, of whose origin the record's flags tell. */
  readonly isSkb: boolean;
}

/**
 * `epb_flags` of a packet from the flags of its record. The hook's direction comes first: an skb that came in through
 * a device may leave by the hook. Reception is what the kernel made of the address of a packet that came in.
 */
export function packetFlags(record: number, { direction, isSkb }: PacketFlagsOptions): number {
  if (!isSkb) return direction === undefined ? 0 : directionBits[direction];
  const type = packetTypeOf(record);
  const known = direction ?? packetDirection(record, type);
  if (known !== 'inbound') return known === undefined ? 0 : directionBits[known];
  return directionBits.inbound | ((reception[type] ?? 0) << receptionShift);
}

function packetDirection(record: number, type: number): Direction | undefined {
  if (type === packetTypes.outgoing) return 'outbound';
  return (record & recordFlags.received) === 0 ? undefined : 'inbound';
}

/** `packetFlags` of all flags that a record can have, for one hook: looked up, not computed, for each packet. */
export function packetFlagsTable(options: PacketFlagsOptions): Uint8Array {
  return Uint8Array.from({ length: packetFlagsMask + 1 }, (_, flags) =>
    packetFlags(flags, options),
  );
}

/** The bits of a record's flags that the table is made for. */
export const packetFlagsMask = 0x7f;
