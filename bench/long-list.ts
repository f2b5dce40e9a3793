import type { Packet } from '../compiler/ir/interpret.js';

/** What a list may be of. */
export type ListKind = 'host' | 'net' | 'port';
export const listKinds: readonly ListKind[] = ['host', 'net', 'port'];

/** `tcp and (KIND A or B or ...)`: no two of the alternatives are neighbours that could be merged. */
export function listFilter(kind: ListKind, length: number): string {
  const items = Array.from({ length }, (_, index) => nameItem(kind, itemNumber(kind, index)));
  return `tcp and (${kind} ${items.join(' or ')})`;
}

/** TCP over IPv4 from an item of the list to port 2, an address and a port among the items that are in no list. */
export function listPacket(kind: ListKind, index: number): Packet {
  const bytes = new Uint8Array(60);
  const view = new DataView(bytes.buffer);
  const number = itemNumber(kind, index);
  view.setUint16(12, 0x0800);
  view.setUint8(14, 0x45);
  view.setUint8(23, 6);
  const [, missing] = firstAndMissing[kind];
  view.setUint32(26, kind === 'port' ? missing : kind === 'net' ? number + 1 : number);
  view.setUint32(30, missing);
  view.setUint16(34, kind === 'port' ? number : 2);
  view.setUint16(36, 2);
  return { bytes, length: bytes.length };
}

/** What numbers are added to, and an address among them that is in no list: every list has odd numbers only. */
const firstAndMissing = {
  host: [0x0a000000, 0x0a008000],
  net: [0x0b000000, 0x0b800000],
  port: [0, 0x0a000001],
} as const;

/** A step prime to the range spreads the items over it; every second number only, so that none touches another. */
function itemNumber(kind: ListKind, index: number): number {
  const place = ((index * 10007) % 32749) * 2 + 1;
  return firstAndMissing[kind][0] + (kind === 'net' ? place * 256 : place);
}

function nameItem(kind: ListKind, number: number): string {
  if (kind === 'port') return String(number);
  const address = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
  return kind === 'net' ? `${address}/24` : address;
}
