/**
 * netcap's option of a packet: what the record knows and no option of the draft holds. docs/pcapng.md describes it and
 * docs/netcap.lua reads it; all three change together.
 *
 * A custom option begins with the number of an enterprise. netcap has none of its own: 32473 is set aside for
 * documentation (RFC 5612), so it is nobody's, and the mark behind it tells netcap's options from other people's.
 */
export const customOption = {
  /** Binary, and still true when a program copies the packet to another file. */
  code: 2989,
  enterprise: 32473,
  /** `ncap`, read as a little-endian number. */
  mark: 0x7061636e,
  version: 1,
  /** Bytes from the mark on that have a fixed place; the text of the location follows. */
  fixedBytes: 24,
} as const;

/** Places of the members, in bytes from the mark. */
export const customOffset = {
  mark: 0,
  version: 4,
  fixedBytes: 5,
  flags: 6,
  reason: 8,
  interface: 12,
  processor: 16,
  protocol: 20,
} as const;
