/** A capture file in memory: what `netcapc match` reads, and copies matching packets from. */
export interface Capture {
  /** LINKTYPE_ number of the first interface (tcpdump.org's registry); 1 is Ethernet, 101 raw IP. */
  readonly link: number;
  readonly packets: readonly CapturedPacket[];
  /** All bytes of the file before its first packet: what a copy of some packets starts with. */
  readonly preamble: Uint8Array;
}

export interface CapturedPacket {
  /** The captured bytes. */
  readonly bytes: Uint8Array;
  /** Bytes on the wire. */
  readonly length: number;
  /** The packet's record in the file, header and padding included. */
  readonly record: Uint8Array;
}
