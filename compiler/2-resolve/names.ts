/**
 * Protocol numbers and their names (IANA protocol-numbers; the names of Debian's /etc/protocols). The table is ours,
 * so a filter means the same on every machine.
 */
// biome-ignore format: one protocol a line
const ipProtocols: readonly (readonly [number: number, ...names: readonly string[]])[] = [
  [0, 'ip', 'IP'],
  [0, 'hopopt', 'HOPOPT'],
  [1, 'icmp', 'ICMP'],
  [2, 'igmp', 'IGMP'],
  [3, 'ggp', 'GGP'],
  [4, 'ipencap', 'IP-ENCAP'],
  [5, 'st', 'ST'],
  [6, 'tcp', 'TCP'],
  [8, 'egp', 'EGP'],
  [9, 'igp', 'IGP'],
  [12, 'pup', 'PUP'],
  [17, 'udp', 'UDP'],
  [20, 'hmp', 'HMP'],
  [22, 'xns-idp', 'XNS-IDP'],
  [27, 'rdp', 'RDP'],
  [29, 'iso-tp4', 'ISO-TP4'],
  [33, 'dccp', 'DCCP'],
  [36, 'xtp', 'XTP'],
  [37, 'ddp', 'DDP'],
  [38, 'idpr-cmtp', 'IDPR-CMTP'],
  [41, 'ipv6', 'IPv6'],
  [43, 'ipv6-route', 'IPv6-Route'],
  [44, 'ipv6-frag', 'IPv6-Frag'],
  [45, 'idrp', 'IDRP'],
  [46, 'rsvp', 'RSVP'],
  [47, 'gre', 'GRE'],
  [50, 'esp', 'IPSEC-ESP'],
  [51, 'ah', 'IPSEC-AH'],
  [57, 'skip', 'SKIP'],
  [58, 'ipv6-icmp', 'IPv6-ICMP'],
  [59, 'ipv6-nonxt', 'IPv6-NoNxt'],
  [60, 'ipv6-opts', 'IPv6-Opts'],
  [73, 'rspf', 'RSPF', 'CPHB'],
  [81, 'vmtp', 'VMTP'],
  [88, 'eigrp', 'EIGRP'],
  [89, 'ospf', 'OSPFIGP'],
  [93, 'ax.25', 'AX.25'],
  [94, 'ipip', 'IPIP'],
  [97, 'etherip', 'ETHERIP'],
  [98, 'encap', 'ENCAP'],
  [103, 'pim', 'PIM'],
  [108, 'ipcomp', 'IPCOMP'],
  [112, 'vrrp', 'VRRP'],
  [115, 'l2tp', 'L2TP'],
  [124, 'isis', 'ISIS'],
  [132, 'sctp', 'SCTP'],
  [133, 'fc', 'FC'],
  [135, 'mobility-header', 'Mobility-Header'],
  [136, 'udplite', 'UDPLite'],
  [137, 'mpls-in-ip', 'MPLS-in-IP'],
  [138, 'manet'],
  [139, 'hip', 'HIP'],
  [140, 'shim6', 'Shim6'],
  [141, 'wesp', 'WESP'],
  [142, 'rohc', 'ROHC'],
  [143, 'ethernet', 'Ethernet'],
];

const ipProtocolNumbers: ReadonlyMap<string, number> = new Map(
  ipProtocols.flatMap(([number, ...names]) => names.map((name) => [name, number] as const)),
);

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

/** The number of `ip proto name`, or undefined. Names are case-sensitive, as in /etc/protocols. */
export function ipProtocolNumber(name: string): number | undefined {
  return ipProtocolNumbers.get(name);
}

/** The number of `ether proto name`, or undefined. */
export function linkProtocolNumber(name: string): number | undefined {
  return linkProtocolNumbers.get(name);
}

const isoProtocols: readonly string[] = ['clnp', 'esis', 'isis'];

/** Whether `iso proto name` has such a name. */
export function isIsoProtocol(name: string): boolean {
  return isoProtocols.includes(name);
}

const linkKeywords: readonly string[] = ['link', 'ether', 'ppp', 'slip', 'fddi', 'tr', 'wlan'];

/** Whether the keyword is one of those that all mean the link layer. */
export function isLinkKeyword(keyword: string | undefined): boolean {
  return keyword !== undefined && linkKeywords.includes(keyword);
}
