/** The `#define`s of bpf-templates/event.h that programs and runtime share: BTF does not carry them. */

/** Bits of `NetcapRecord.flags`: NETCAP_RECORD_*. */
export const recordFlags = {
  /** The bytes start at a MAC header; otherwise at a network header of type `protocol`. */
  ethernet: 1,
  /** A VLAN tag that was in the skb's metadata was put back into the bytes. */
  vlan: 2,
  /** Fewer bytes were captured than both the snaplen and the packet's length allow. */
  truncated: 4,
} as const;

/** Bits of `NetcapInput.link`: NETCAP_INPUT_*. */
export const inputLink = {
  /** The bytes start at a network header of type `protocol`; otherwise at a MAC header. */
  network: 1,
  /** Target skb: the program moves the VLAN tag at offset 12 to the skb's metadata first. */
  vlan: 2,
} as const;

/** NETCAP_NO_ARGUMENT: the hook has no such argument. */
export const noArgument = 255;

/** NETCAP_NO_OFFSET: the event has no such field. */
export const noOffset = 65535;
