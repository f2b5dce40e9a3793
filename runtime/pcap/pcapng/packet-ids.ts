/** What tells packets apart. */
export interface PacketIdsOptions {
  /** How many hooks there are. */
  readonly hooks: number;
  /** Whether the packet is given back to the kernel at a hook. */
  readonly frees: (hook: number) => boolean;
}

/** The number of a packet, from 1, by the halves of its address, the hook, and the upper half of the time. */
export type PacketId = (low: number, high: number, hook: number, timeHigh: number) => number;

/** Addresses remembered at a time; packets that are on their way are far fewer. */
const buckets = 16384;
const ways = 4;

// A slot: two words of address, two of number, one of time, then a bit for each hook.
const slotNumber = 2;
const slotTime = 4;
const slotHooks = 5;

/**
 * Numbers packets so that the same skb has the same number at all hooks. The kernel tells its address only, and uses
 * that again for the next packet, so a number ends when a hook sees its address for the second time, when a hook says
 * that the memory was given back, and after 4 to 9 seconds of silence, two changes of the time's upper half. What that
 * leaves open is in docs/pcapng.md.
 */
export function createPacketIds({ hooks, frees }: PacketIdsOptions): PacketId {
  let last = 0;
  // A number for each record: whatever comes by again is another packet.
  if (hooks < 2) return () => ++last;
  const hookWords = Math.ceil(hooks / 32);
  const slotWords = slotHooks + hookWords;
  const table = new Uint32Array(buckets * ways * slotWords);
  const isFreed = Array.from({ length: hooks }, (_, hook) => frees(hook));

  return (low, high, hook, timeHigh) => {
    const slot = find(low, high);
    const hookWord = slot + slotHooks + (hook >>> 5);
    const hookBit = 1 << (hook & 31);
    const isKnown =
      table[slot] === low &&
      table[slot + 1] === high &&
      ((table[hookWord] ?? 0) & hookBit) === 0 &&
      timeHigh - (table[slot + slotTime] ?? 0) <= 1;
    if (!isKnown) begin(slot, low, high);
    table[hookWord] = (table[hookWord] ?? 0) | hookBit;
    table[slot + slotTime] = timeHigh;
    const number =
      (table[slot + slotNumber] ?? 0) + (table[slot + slotNumber + 1] ?? 0) * 0x1_0000_0000;
    if (isFreed[hook]) table.fill(0, slot, slot + slotWords);
    return number;
  };

  function begin(slot: number, low: number, high: number): void {
    last++;
    table[slot] = low;
    table[slot + 1] = high;
    table[slot + slotNumber] = last;
    table[slot + slotNumber + 1] = last / 0x1_0000_0000;
    for (let word = slot + slotHooks; word < slot + slotWords; word++) table[word] = 0;
  }

  /** The slot of an address, else an empty one of its bucket, else the one of the oldest number. */
  function find(low: number, high: number): number {
    // skbs are multiples of 64 bytes apart; the multiplier is 2^32 divided by the golden ratio.
    const bucket = Math.imul((low >>> 6) ^ high, 0x9e3779b1) >>> 18;
    const first = bucket * ways * slotWords;
    let oldest = first;
    for (let slot = first; slot < first + ways * slotWords; slot += slotWords) {
      if (table[slot] === low && table[slot + 1] === high) return slot;
      if ((table[slot + slotNumber] ?? 0) < (table[oldest + slotNumber] ?? 0)) oldest = slot;
    }
    return oldest;
  }
}
