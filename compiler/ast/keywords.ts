/** Keywords people type, for "did you mean"; the grammar has them all. */
const commonKeywords = [
  ...[
    'and',
    'or',
    'not',
    'src',
    'dst',
    'host',
    'net',
    'mask',
    'port',
    'portrange',
    'proto',
    'gateway',
  ],
  ...['ether', 'link', 'ip', 'ip6', 'arp', 'rarp', 'tcp', 'udp', 'sctp', 'icmp', 'icmp6', 'igmp'],
  ...[
    'ah',
    'esp',
    'pim',
    'vrrp',
    'carp',
    'stp',
    'ipx',
    'iso',
    'vlan',
    'mpls',
    'pppoes',
    'geneve',
    'vxlan',
    'llc',
  ],
  ...[
    'less',
    'greater',
    'len',
    'length',
    'byte',
    'broadcast',
    'multicast',
    'inbound',
    'outbound',
    'protochain',
  ],
];

/** Other tools' words for ours. */
const synonyms: Readonly<Record<string, string>> = {
  ipv4: 'ip',
  ipv6: 'ip6',
  icmpv6: 'icmp6',
  source: 'src',
  destination: 'dst',
  protocol: 'proto',
  network: 'net',
  ports: 'port',
  hosts: 'host',
  eth: 'ether',
  'tcp-psh': 'tcp-push',
  from: 'src',
  to: 'dst',
  mac: 'ether',
  netmask: 'mask',
  address: 'host',
  addr: 'host',
};

/** The keywords that `word` may be a misspelling of. A keyword itself is no misspelling. */
export function nearKeywords(word: string): readonly string[] {
  const lower = word.toLowerCase();
  if (commonKeywords.includes(word)) return [];
  if (commonKeywords.includes(lower)) return [lower];
  const synonym = Object.hasOwn(synonyms, lower) ? synonyms[lower] : undefined;
  if (synonym !== undefined) return [synonym];
  if (lower.length < 3) return [];
  return commonKeywords.filter((keyword) => keyword.length > 2 && isOneEditAway(lower, keyword));
}

/** Advice for a misspelt keyword, or undefined. */
export function didYouMean(word: string): string | undefined {
  const keywords = nearKeywords(word).slice(0, 3);
  if (keywords.length === 0) return undefined;
  return `did you mean ${keywords.map((keyword) => `'${keyword}'`).join(' or ')}?`;
}

/** Whether inserting, dropping or changing one letter, or swapping two neighbours, turns `a` into `b`. */
export function isOneEditAway(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const restA = a.slice(start);
  const restB = b.slice(start);
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.length > 1 &&
      restA[0] === restB[1] &&
      restA[1] === restB[0] &&
      restA.slice(2) === restB.slice(2))
  );
}
