import type * as Ir from '../ir/nodes.js';

/** A link type that filters can be compiled for. */
export interface LinkType {
  readonly link: Ir.Link;
  /** Name of the DLT_ constant, without the prefix. */
  readonly name: string;
  /** How a message calls it. */
  readonly description: string;
  /** LINKTYPE_ numbers in capture files (tcpdump.org's registry), and DLT_RAW's in files of old. */
  readonly numbers: readonly number[];
}

/** The link types of capture files. */
export const linkTypes: readonly LinkType[] = [
  { link: 'ethernet', name: 'EN10MB', description: 'Ethernet', numbers: [1] },
  { link: 'raw', name: 'RAW', description: 'raw IP', numbers: [101, 12, 14] },
  { link: 'ipv4', name: 'IPV4', description: 'raw IPv4', numbers: [228] },
  { link: 'ipv6', name: 'IPV6', description: 'raw IPv6', numbers: [229] },
  { link: 'linux-sll', name: 'LINUX_SLL', description: 'Linux cooked packets', numbers: [113] },
  {
    link: 'linux-sll2',
    name: 'LINUX_SLL2',
    description: 'Linux cooked packets v2',
    numbers: [276],
  },
  { link: 'null', name: 'NULL', description: 'BSD loopback', numbers: [0] },
  { link: 'loop', name: 'LOOP', description: 'OpenBSD loopback', numbers: [108] },
  { link: 'ppp', name: 'PPP', description: 'PPP', numbers: [9] },
];

/** How a message calls packets that start this way. */
export function describeLink(link: Ir.Link): string {
  const known = linkTypes.find((each) => each.link === link);
  return known?.description ?? 'packets without link headers';
}
