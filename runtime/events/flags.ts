/** The `#define`s of bpf-templates/event.h that programs and runtime share: BTF does not carry them. */

/** Bits of `NetcapRecord.flags`: NETCAP_RECORD_*. */
export const recordFlags = {
  /** The bytes start at a MAC header; otherwise at a network header of type `protocol`. */
  ethernet: 1,
  /** A VLAN tag that was in the skb's metadata was put back into the bytes. */
  vlan: 2,
  /** Fewer bytes were captured than both the snaplen and the packet's length allow. */
  truncated: 4,
  /** Target skb: it has come in through a device that skb_iif names; not yet so where it just arrives. */
  received: 8,
} as const;

/** Values of skb->pkt_type (linux/if_packet.h). */
export const packetTypes = {
  host: 0,
  broadcast: 1,
  multicast: 2,
  otherHost: 3,
  outgoing: 4,
} as const;

/** NETCAP_RECORD_TYPE_SHIFT: where in the flags of a record of target skb the three bits of skb->pkt_type are. */
export const packetTypeShift = 4;

/** skb->pkt_type in the flags of a record of target skb. */
export function packetTypeOf(flags: number): number {
  return (flags >> packetTypeShift) & 7;
}

/** Bits of `NetcapInput.link`: NETCAP_INPUT_*. */
export const inputLink = {
  /** The bytes start at a network header of type `protocol`; otherwise at a MAC header. */
  network: 1,
  /** Target skb: the program moves the VLAN tag at offset 12 to the skb's metadata first. */
  vlan: 2,
} as const;

/** NETCAP_NO_ARGUMENT: the hook has no such argument. */
export const noArgument = 255;

/** NETCAP_RETURNED: as an argument, what the function returned. */
export const returned = 254;

/** NETCAP_PACKET_*: what the packet's argument is. */
export const packetKinds = {
  /** What the object's target says. */
  target: 0,
  /** `struct xdp_buff *`. */
  xdp: 1,
  /** What the target says, and the verifier knows it: tp_btf, fentry and fexit take it from the kernel's BTF. */
  typed: 2,
} as const;

/** NETCAP_NO_OFFSET: the event has no such field. */
export const noOffset = 65535;
