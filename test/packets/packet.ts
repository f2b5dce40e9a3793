/** A packet as a capture file holds it: what was captured, and how long it was on the wire. */
export interface Packet {
  readonly note: string;
  readonly bytes: Uint8Array;
  readonly wireLength: number;
}

/** A network-layer packet and its EtherType: becomes a frame, or a packet of a RAW capture. */
export interface Datagram {
  readonly note: string;
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** A packet of which every byte was captured. */
export function whole(note: string, bytes: Uint8Array): Packet {
  return { note, bytes, wireLength: bytes.length };
}

/** The packet cut to `captured` bytes; its wire length stays. */
export function truncated(packet: Packet, captured: number): Packet {
  const note = `${packet.note}, ${captured} bytes captured`;
  return { ...packet, note, bytes: packet.bytes.subarray(0, captured) };
}
