/** Link protocols by name: EtherTypes above 1500, LLC addresses below (pcap_nametoeproto, pcap_nametollc). */
const linkProtocolNumbers: ReadonlyMap<string, number> = new Map([
  ['ip', 0x0800],
  ['arp', 0x0806],
  ['rarp', 0x8035],
  ['ip6', 0x86dd],
  ['atalk', 0x809b],
  ['aarp', 0x80f3],
  ['decnet', 0x6003],
  ['lat', 0x6004],
  ['mopdl', 0x6001],
  ['moprc', 0x6002],
  ['sca', 0x6007],
  ['loopback', 0x9000],
  ['lldp', 0x88cc],
  ['slow', 0x8809],
  ['iso', 0xfe],
  ['stp', 0x42],
  ['ipx', 0xe0],
  ['netbeui', 0xf0],
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
