import type * as Ir from '../compiler/ir/nodes.js';

/** A link type that filters are compiled for. */
export interface FuzzLink {
  /** As `--link` and tcpdump -y spell it. */
  readonly name: string;
  /** LINKTYPE number in a capture file. */
  readonly number: number;
  readonly link: Ir.Link;
}

export const links = [
  { name: 'EN10MB', number: 1, link: 'ethernet' },
  { name: 'RAW', number: 101, link: 'raw' },
  { name: 'IPV4', number: 228, link: 'ipv4' },
  { name: 'IPV6', number: 229, link: 'ipv6' },
  { name: 'LINUX_SLL', number: 113, link: 'linux-sll' },
  { name: 'LINUX_SLL2', number: 276, link: 'linux-sll2' },
  { name: 'NULL', number: 0, link: 'null' },
  { name: 'LOOP', number: 108, link: 'loop' },
  { name: 'PPP', number: 9, link: 'ppp' },
] as const satisfies readonly FuzzLink[];

/** The link type of this name, whatever its case. */
export function findLink(name: string): FuzzLink | undefined {
  return links.find((one) => one.name === name.toUpperCase());
}
