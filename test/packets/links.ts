import { linkTypes } from './capture.js';
import { linuxSll, linuxSll2, loop, nullHeader, pppFrame } from './link-headers.js';
import { oddCooked, oddCooked2, oddFamilies, oddPpp } from './link-oddities.js';
import type { Packet } from './packet.js';
import { ethernetPackets, overLink, rawPackets, versionPackets } from './packets.js';

/** A link type that filters are compiled for, and the packets to try them on. */
export interface Link {
  /** As `netcapc match --link` takes it. */
  readonly name: string;
  readonly linkType: number;
  readonly packets: () => readonly Packet[];
}

/** The link types that the whole corpus is compared on, most packets first. */
export const mainLinks: readonly Link[] = [
  { name: 'EN10MB', linkType: linkTypes.ethernet, packets: ethernetPackets },
  { name: 'RAW', linkType: linkTypes.raw, packets: rawPackets },
  {
    name: 'LINUX_SLL',
    linkType: linkTypes.linuxSll,
    packets: () => [...overLink(linuxSll), ...oddCooked()],
  },
  {
    name: 'LINUX_SLL2',
    linkType: linkTypes.linuxSll2,
    packets: () => [...overLink(linuxSll2), ...oddCooked2()],
  },
  {
    name: 'NULL',
    linkType: linkTypes.null,
    packets: () => [...overLink(nullHeader), ...oddFamilies()],
  },
  { name: 'PPP', linkType: linkTypes.ppp, packets: () => [...overLink(pppFrame), ...oddPpp()] },
];

/** Those that differ little from them: fewer packets do. */
export const otherLinks: readonly Link[] = [
  { name: 'IPV4', linkType: linkTypes.ipv4, packets: () => versionPackets() },
  { name: 'IPV6', linkType: linkTypes.ipv6, packets: () => versionPackets() },
  {
    name: 'LOOP',
    linkType: linkTypes.loop,
    packets: () => [...overLink(loop).filter((_, index) => index % 4 === 0), ...oddFamilies()],
  },
];
