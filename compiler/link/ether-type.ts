/** EtherTypes (IEEE 802 numbers). */
export const etherType = {
  ip: 0x0800,
  arp: 0x0806,
  rarp: 0x8035,
  ip6: 0x86dd,
  mopdl: 0x6001,
  moprc: 0x6002,
  decnet: 0x6003,
  lat: 0x6004,
  sca: 0x6007,
  atalk: 0x809b,
  aarp: 0x80f3,
  loopback: 0x9000,
  lldp: 0x88cc,
  slow: 0x8809,
  ipx: 0x8137,
  vlan: 0x8100,
  serviceVlan: 0x88a8,
  oldServiceVlan: 0x9100,
  mpls: 0x8847,
  pppoeDiscovery: 0x8863,
  pppoeSession: 0x8864,
  transparentEthernet: 0x6558,
} as const;

/** LLC service access points (IEEE 802.2), which stand for a type where numbers up to 1500 do. */
export const accessPoint = { bridge: 0x42, ip: 0x06, ipx: 0xe0, netbeui: 0xf0, iso: 0xfe } as const;
