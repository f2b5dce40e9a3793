import { conditionFor } from '../ast/header-words.js';

const protocol = /^(ip6?|r?arp|tcp|udp|sctp|ether|link)$/;
const type = /^(host|net|port|portrange|gateway)$/;

/** Names of protocols in /etc/protocols that are not the keyword. */
const protocolNames: Readonly<Record<string, string>> = { icmp6: 'ipv6-icmp', ip6: 'ipv6' };

/** What to write instead of a keyword or a name that does not fit, where a value or a connective belongs. */
export function fixWord(
  last: string,
  text: string,
  next: string | undefined,
  expected: readonly string[],
): string | undefined {
  if (text === ')' && !expected.includes("')'"))
    return "there is no '(' for it, or it comes too early";
  if (!/^[A-Za-z]/.test(text)) return undefined;
  if (/^(vlan|mpls|pppoes|geneve|vxlan)$/.test(last) && next !== undefined && /^[0-9]/.test(next))
    return `write '${last} ${next}'`;
  if (/^(less|greater)$/.test(last) && text === 'than') return `write '${last} ${next ?? '…'}'`;
  if (/^len(gth)?$/.test(last) && /^(less|greater)$/.test(text))
    return `write 'len ${text === 'less' ? '<' : '>'} ${next ?? '…'}'`;
  if (/^(tcp|icmp6?)$/.test(last) && conditionFor(text)) return `write '${conditionFor(text)}'`;
  return (
    fixOrder(last, text, next) ??
    fixName(last, text, expected) ??
    (expected.includes("'and'") ? "write 'and' or 'or' between conditions" : undefined)
  );
}

/** Qualifiers in the wrong order: protocol, direction and type is the right one. */
function fixOrder(last: string, text: string, next = '…'): string | undefined {
  const isDirection = /^(src|dst)$/.test(text);
  if (/^(src|dst)$/.test(last)) {
    if (isDirection) return "write 'src or dst' or 'src and dst'";
    if (protocol.test(text)) return `a protocol comes first: '${text} ${last} …'`;
  }
  if (type.test(last) && (isDirection || protocol.test(text)) && !/^(and|or|\)|…)$/.test(next))
    return `write '${text} ${last} ${next}'`;
  return undefined;
}

/** A keyword as a name: `ip proto tcp`. */
function fixName(last: string, text: string, expected: readonly string[]): string | undefined {
  if (/^(and|or)$/.test(text) && type.test(last)) return `a value is missing after '${last}'`;
  if (!expected.includes('a name') || !/^[a-z]/.test(text)) return undefined;
  if (/^(proto|protochain)$/.test(last)) {
    const name = Object.hasOwn(protocolNames, text) ? protocolNames[text] : text;
    return `write '\\${name}' for the name of a protocol`;
  }
  return type.test(last) ? `write '\\${text}' for a name` : undefined;
}
