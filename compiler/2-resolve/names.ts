import { accessPoint, etherType } from '../link/ether-type.js';

/** Link protocols by name: EtherTypes above 1500, LLC addresses below (pcap_nametoeproto, pcap_nametollc). */
const linkProtocolNumbers: ReadonlyMap<string, number> = new Map([
  ['ip', etherType.ip],
  ['arp', etherType.arp],
  ['rarp', etherType.rarp],
  ['ip6', etherType.ip6],
  ['atalk', etherType.atalk],
  ['aarp', etherType.aarp],
  ['decnet', etherType.decnet],
  ['lat', etherType.lat],
  ['mopdl', etherType.mopdl],
  ['moprc', etherType.moprc],
  ['sca', etherType.sca],
  ['loopback', etherType.loopback],
  ['lldp', etherType.lldp],
  ['slow', etherType.slow],
  ['iso', accessPoint.iso],
  ['stp', accessPoint.bridge],
  ['ipx', accessPoint.ipx],
  ['netbeui', accessPoint.netbeui],
]);

/** The number of `ether proto name`, or undefined. */
export function linkProtocolNumber(name: string): number | undefined {
  return linkProtocolNumbers.get(name);
}

const linkKeywords: readonly string[] = ['link', 'ether', 'ppp', 'slip', 'fddi', 'tr', 'wlan'];

/** Whether the keyword is one of those that all mean the link layer. */
export function isLinkKeyword(keyword: string | undefined): boolean {
  return keyword !== undefined && linkKeywords.includes(keyword);
}
