/**
 * Fields of Wireshark's display filters, and what a capture filter has for them: `{}` stands for the value, and what has
 * none is a number to compare.
 */
const fields: Readonly<Record<string, string>> = {
  ...ofAddresses('ip', ''),
  ...ofAddresses('ipv6', ''),
  ...ofAddresses('eth', 'ether '),
  ...ofPorts('tcp'),
  ...ofPorts('udp'),
  ...ofPorts('sctp'),
  'arp.opcode': 'arp[6:2]',
  'eth.type': 'ether proto {}',
  'frame.len': 'len',
  'icmp.code': 'icmp[icmpcode]',
  'icmp.type': 'icmp[icmptype]',
  'icmpv6.code': 'icmp6[icmp6code]',
  'icmpv6.type': 'icmp6[icmp6type]',
  'ip.len': 'ip[2:2]',
  'ip.proto': 'ip proto {}',
  'ip.ttl': 'ip[8]',
  'ipv6.hlim': 'ip6[7]',
  'ipv6.nxt': 'ip6 proto {}',
  'mpls.label': 'mpls {}',
  'tcp.flags': 'tcp[tcpflags]',
  'udp.length': 'udp[4:2]',
  'vlan.id': 'vlan {}',
  'vxlan.vni': 'vxlan {}',
};

function ofAddresses(field: string, prefix: string): Readonly<Record<string, string>> {
  return {
    [`${field}.addr`]: `${prefix}host {}`,
    [`${field}.src`]: `${prefix}src host {}`,
    [`${field}.dst`]: `${prefix}dst host {}`,
  };
}

function ofPorts(protocol: string): Readonly<Record<string, string>> {
  return {
    [`${protocol}.port`]: `${protocol} port {}`,
    [`${protocol}.srcport`]: `${protocol} src port {}`,
    [`${protocol}.dstport`]: `${protocol} dst port {}`,
  };
}

const roots =
  /^(arp|bootp|data|dhcp|dns|eth|frame|geneve|gre|http2?|icmp|icmpv6|ip|ipv6|mpls|ntp|quic|sctp|sip|smb2?|snmp|ssh|ssl|tcp|tls|udp|vlan|vxlan)\.[a-z]/;

/** Words that Wireshark takes for signs. */
const signs: Readonly<Record<string, string>> = {
  eq: '==',
  ne: '!=',
  gt: '>',
  lt: '<',
  ge: '>=',
  le: '<=',
  in: '==',
};

/** Whether the word is, or looks like, a field of a display filter. */
export function isDisplayField(word: string): boolean {
  return roots.test(word);
}

/** What to write instead of `field sign value`; sign and value are as written, if they are known. */
export function translateField(field: string, sign = '==', value = '…'): string | undefined {
  const flag = /^tcp\.flags\.(cwr|ece|urg|ack|push|rst|syn|fin)$/.exec(field)?.[1];
  if (flag) {
    const isClear = (sign === '!=') !== (value === '0');
    return `write 'tcp[tcpflags] & tcp-${flag} ${isClear ? '=' : '!='} 0'`;
  }
  const form = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (form === undefined) return undefined;
  if (!form.includes('{}')) return `write '${form} ${signs[sign] ?? sign} ${value}'`;
  const isOther = sign === '!=' || sign === 'ne';
  const network = value.includes('/') ? form.replace('host', 'net') : form;
  return `write '${isOther ? 'not ' : ''}${network.replace('{}', value)}'`;
}
