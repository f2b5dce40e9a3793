import { isIPv6 } from 'node:net';
import { parseNumber } from './numbers.js';

/** An IPv4 address of one to four parts: as many bits as were written, at the top (pcapint_atoin). */
export interface Ip4Parts {
  readonly address: number;
  readonly mask: number;
}

/** Parts are decimal whatever they start with, as in libpcap: `010.1` is 10.1. */
export function parseIp4(text: string): Ip4Parts | undefined {
  const parts = text.split('.');
  const isValid =
    parts.length <= 4 && parts.every((part) => /^[0-9]+$/.test(part) && Number(part) <= 255);
  if (!isValid) return undefined;
  const address = parts.reduce((sum, part, index) => sum + Number(part) * 2 ** (24 - 8 * index), 0);
  return { address, mask: prefixMask(8 * parts.length) };
}

/** Dotted quad. */
export function formatIp4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

/** A mask of `length` leading ones, 0 to 32. */
export function prefixMask(length: number): number {
  return length === 0 ? 0 : (0xffff_ffff << (32 - length)) >>> 0;
}

/** Four words of an IPv6 address (RFC 4291 section 2.2), or undefined. */
export function parseIp6(text: string): readonly number[] | undefined {
  // isIPv6 also takes a zone, which no filter can match.
  if (text.includes('%') || !isIPv6(text)) return undefined;
  const [head = '', tail] = text.split('::');
  const left = parseGroups(head);
  const right = parseGroups(tail ?? '');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0);
  const groups = [...left, ...zeros, ...right];
  return [0, 2, 4, 6].map((index) => (groups[index] ?? 0) * 0x10000 + (groups[index + 1] ?? 0));
}

/** Sixteen-bit groups; a dotted quad at the end makes two. */
function parseGroups(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const quad = parseIp4(group)?.address ?? 0;
    return [quad >>> 16, quad & 0xffff];
  });
}

/** An IPv6 address of four words, the longest run of zeros as `::` (RFC 5952). */
export function formatIp6(words: readonly number[]): string {
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = text.match(/\b0(:0)+\b/g) ?? [];
  const longest = runs.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return text;
  const at = text.search(new RegExp(`\\b${longest}\\b`));
  const before = text.slice(0, at).replace(/:$/, '');
  return `${before}::${text.slice(at + longest.length).replace(/^:/, '')}`;
}

/** Four words of a mask of `length` leading ones, 0 to 128. */
export function prefixMask6(length: number): readonly number[] {
  return [0, 32, 64, 96].map((start) => prefixMask(Math.min(32, Math.max(0, length - start))));
}

/**
 * A numeric address of either family as getaddrinfo takes it: IPv4 of one to four numbers as in C, of which the last
 * fills what is left (inet_aton), as 32 bits; IPv6, whatever its zone, as four words.
 */
export function parseNumericHost(text: string): number | readonly number[] | undefined {
  if (text.includes(':')) return parseIp6(text.replace(/%.+$/, ''));
  if (!/^[0-9]/.test(text)) return undefined;
  const parts = text.split('.').map(parseNumber);
  const last = parts.pop();
  const isValid =
    parts.length <= 3 &&
    parts.every((part) => typeof part === 'number' && part <= 255) &&
    typeof last === 'number' &&
    last < 2 ** (32 - 8 * parts.length);
  if (!isValid) return undefined;
  return parts.reduce<number>(
    (sum, part, index) => sum + Number(part) * 2 ** (24 - 8 * index),
    last,
  );
}

const macForms: readonly RegExp[] = [
  /^[0-9a-f]{1,2}([:.-])[0-9a-f]{1,2}(\1[0-9a-f]{1,2}){4}$/i,
  /^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/i,
  /^[0-9a-f]{12}$/i,
];

/** Six bytes of a MAC address in any of scanner.l's forms, or undefined. */
export function parseMac(text: string): readonly number[] | undefined {
  if (!macForms.some((form) => form.test(text))) return undefined;
  const parts = text.split(/[:.-]/);
  const bytes = parts.length === 6 ? parts : parts.join('').match(/../g);
  return bytes?.map((byte) => Number.parseInt(byte, 16));
}
