import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Span } from '../diagnostics/span.js';
import type { Context } from './context.js';
import { resolveDirectionWord, resolveInterfaceIndex, resolveInterfaceName } from './device.js';
import { resolveEncapsulation } from './encapsulations.js';
import { resolveLogicalLink } from './llc.js';
import { isLinkKeyword } from './names.js';
import { resolveNumber } from './numbers.js';
import { reportUnavailable, requireAddresses } from './surroundings.js';

/** Primitives with a keyword of their own. */
export function resolveOther(context: Context, node: Ast.Other): Resolved.Formula | undefined {
  const { keyword } = node;
  // A number that cannot be read is an error wherever it stands (scanner.l).
  const numbers = node.operands.map((operand) =>
    'kind' in operand && operand.form === 'number' ? resolveNumber(context, operand) : undefined,
  );
  switch (keyword.text) {
    case 'broadcast':
      return resolveBroadcast(context, node);
    case 'multicast':
      return resolveMulticast(context, node);
    case 'less':
      return numbers[0] === undefined ? undefined : compareLength('<=', numbers[0], node);
    case 'greater':
      return numbers[0] === undefined ? undefined : compareLength('>=', numbers[0], node);
    case 'byte':
      return resolveByte(context, node, numbers);
    case 'vlan':
    case 'mpls':
    case 'pppoed':
    case 'pppoes':
    case 'geneve':
    case 'vxlan':
      return resolveEncapsulation(context, node, numbers[0]);
    case 'llc':
      return resolveLogicalLink(context, node);
    case 'inbound':
    case 'outbound':
      return resolveDirectionWord(context, node);
    case 'ifindex':
      return resolveInterfaceIndex(context, node, numbers[0]);
    case 'ifname':
    case 'on':
      return resolveInterfaceName(context, node);
    default:
      return reportForeignWord(context, node);
  }
}

/** pf, 802.11, ATM and SS7 have links of their own; `icmp type 8` is read as 802.11's `type`. */
function reportForeignWord(context: Context, node: Ast.Other): undefined {
  const { keyword, protocol, operands } = node;
  const isIcmp = protocol?.text === 'icmp' || protocol?.text === 'icmp6';
  const number = operands[0]?.text ?? '…';
  const help =
    isIcmp && keyword.text === 'type'
      ? `write '${protocol.text}[${protocol.text}type] = ${number}'`
      : undefined;
  return reportUnavailable(context, keyword, help);
}

/** gen_broadcast. */
function resolveBroadcast(context: Context, node: Ast.Other): Resolved.Formula | undefined {
  const { keyword, protocol, span } = node;
  if (protocol === undefined || isLinkKeyword(protocol.text)) {
    if (!requireAddresses(context, keyword)) return undefined;
    const address = [255, 255, 255, 255, 255, 255];
    return { kind: 'ether-address', direction: 'destination', address, span };
  }
  if (protocol.text !== 'ip')
    return context.report(
      'wrong-qualifier',
      protocol.span,
      { qualifier: protocol.text, subject: "'broadcast'" },
      protocol.text === 'ip6' ? "IPv6 has no broadcast: write 'ip6 multicast'" : undefined,
    );
  // All ones is libpcap's way to say that nobody knows (PCAP_NETMASK_UNKNOWN).
  if (context.netmask === undefined || context.netmask === 0xffffffff)
    return context.report('netmask-unknown', span, {});
  return isIpBroadcast(context.netmask, span);
}

/** Destination address with all host bits clear, or all set. */
function isIpBroadcast(netmask: number, span: Span): Resolved.Formula {
  const number = (value: number): Resolved.Number => ({ kind: 'number', value, span });
  const hostBits = ~netmask >>> 0;
  const index = number(16);
  const left: Resolved.Arithmetic = {
    kind: 'binary',
    operator: '&',
    left: { kind: 'load', protocol: 'ip', index, size: 4, span },
    right: number(hostBits),
    span,
  };
  const compare = (value: number): Resolved.Relation => {
    return { kind: 'relation', operator: '=', left, right: number(value), span };
  };
  return {
    kind: 'chain',
    first: compare(0),
    rest: [{ operator: 'or', operand: compare(hostBits) }],
    span,
  };
}

/** gen_multicast. */
function resolveMulticast(context: Context, node: Ast.Other): Resolved.Formula | undefined {
  const { keyword, protocol, span } = node;
  if (protocol === undefined || isLinkKeyword(protocol.text))
    return requireAddresses(context, keyword) ? { kind: 'ether-multicast', span } : undefined;
  if (protocol.text === 'ip' || protocol.text === 'ip6')
    return { kind: 'ip-multicast', family: protocol.text, span };
  return context.report('wrong-qualifier', protocol.span, {
    qualifier: protocol.text,
    subject: "'multicast'",
  });
}

/** `less n` means at most, `greater n` at least. */
function compareLength(
  operator: Resolved.Relation['operator'],
  value: number,
  { keyword, span }: Ast.Other,
): Resolved.Relation {
  const left = { kind: 'length', span: keyword.span } as const;
  return { kind: 'relation', operator, left, right: { kind: 'number', value, span }, span };
}

/** `byte index sign value`: a byte of the link header; `&` and `|` ask for any bit left (gen_byteop). */
function resolveByte(
  context: Context,
  { operands, span }: Ast.Other,
  [index, , value]: readonly (number | undefined)[],
): Resolved.Relation | undefined {
  const [, sign, literal] = operands;
  if (index === undefined || value === undefined || !sign || !literal) return undefined;
  if (value > 255) return context.report('byte-out-of-range', literal.span, { text: literal.text });
  const number = (each: number): Resolved.Number => ({ kind: 'number', value: each, span });
  const load = { kind: 'load', protocol: 'link', index: number(index), size: 1, span } as const;
  switch (sign.text) {
    case '&':
    case '|': {
      const left = {
        kind: 'binary',
        operator: sign.text,
        left: load,
        right: number(value),
        span,
      } as const;
      return { kind: 'relation', operator: '!=', left, right: number(0), span };
    }
    case '<':
    case '>':
      return { kind: 'relation', operator: sign.text, left: load, right: number(value), span };
    default:
      return { kind: 'relation', operator: '=', left: load, right: number(value), span };
  }
}
