import { isisTypeName } from '../2-resolve/iso.js';
import { controlName } from '../2-resolve/llc.js';
import { abbreviationOf, linkKeyword } from '../2-resolve/protocols.js';
import type * as Resolved from '../ast/resolved.js';
import { formatMac, writeIp4, writeIp6 } from './addresses.js';
import { writeRelation } from './write-arithmetic.js';

/**
 * The filter as it was understood, in its own language: every qualifier spelt out, names as numbers, parentheses round
 * every operand that is more than a primitive. It means the same, and writing it again changes nothing.
 */
export function writeFormula(formula: Resolved.Formula): string {
  switch (formula.kind) {
    case 'chain':
      return writeChain(formula);
    case 'not':
      return `not ${writeOperand(formula.operand)}`;
    default:
      return writePrimitive(formula);
  }
}

/** `and` and `or` have equal precedence, so wherever one follows the other all on its left goes into parentheses. */
function writeChain({ first, rest }: Resolved.Chain): string {
  let text = writeOperand(first);
  let previous = rest[0]?.operator;
  for (const { operator, operand } of rest) {
    if (operator !== previous) text = `(${text})`;
    previous = operator;
    text = `${text} ${operator} ${writeOperand(operand)}`;
  }
  return text;
}

/** Parentheses also where a primitive has an `or` of its own: `(src or dst port 80)`. */
function writeOperand(formula: Resolved.Formula): string {
  const text = writeFormula(formula);
  if (formula.kind === 'chain' || formula.kind === 'relation') return `(${text})`;
  if (formula.kind === 'not' || text.startsWith('(')) return text;
  return / (or|and) /.test(text) ? `(${text})` : text;
}

/** A primitive as filter text; empty for what accepts everything. */
export function writePrimitive(primitive: Resolved.Primitive): string {
  switch (primitive.kind) {
    case 'everything':
      return '';
    case 'link-type':
      return linkKeyword(primitive.value) ?? `ether proto 0x${primitive.value.toString(16)}`;
    case 'ether-address':
      return `ether ${directions[primitive.direction]} host ${formatMac(primitive.address)}`;
    case 'ether-multicast':
      return 'ether multicast';
    case 'ip4-address':
      return writeIp4Address(primitive);
    case 'ip6-address':
      return `ip6 ${directions[primitive.direction]} ${writeIp6(primitive)}`;
    case 'ip-protocol':
      return abbreviationOf(primitive) ?? `${writeFamily(primitive)}proto ${primitive.value}`;
    case 'ip-protocol-chain':
      return `${writeFamily(primitive)}protochain ${primitive.value}`;
    case 'ports':
      return writePorts(primitive);
    case 'ip-multicast':
      return `${primitive.family} multicast`;
    case 'iso-protocol':
      return `iso proto ${primitive.value}`;
    case 'isis-type':
      return isisTypeName(primitive.values) ?? `isis proto ${primitive.values.join()}`;
    case 'decnet-address':
      return `decnet ${directions[primitive.direction]} host ${primitive.address >>> 10}.${primitive.address & 0x3ff}`;
    case 'llc':
      return withOperand('llc', primitive.control && controlName(primitive.control));
    case 'vlan':
      return withOperand('vlan', primitive.identifier);
    case 'mpls':
      return withOperand('mpls', primitive.label);
    case 'pppoe-discovery':
      return 'pppoed';
    case 'pppoe-session':
      return withOperand('pppoes', primitive.session);
    case 'tunnel':
      return withOperand(primitive.protocol, primitive.network);
    case 'packet-direction':
      return primitive.outbound ? 'outbound' : 'inbound';
    case 'interface-index':
      return `ifindex ${primitive.value}`;
    case 'interface-name':
      return `ifname \\${primitive.name}`;
    case 'relation':
      return writeRelation(primitive);
  }
}

const directions: { readonly [direction in Resolved.Direction]: string } = {
  source: 'src',
  destination: 'dst',
  either: 'src or dst',
  both: 'src and dst',
};

function withOperand(keyword: string, operand: string | number | undefined): string {
  return operand === undefined ? keyword : `${keyword} ${operand}`;
}

/** One family by its name, both by none. */
function writeFamily({ families }: Pick<Resolved.IpProtocol, 'families'>): string {
  return families.length === 1 ? `${families[0]} ` : '';
}

/** In all three protocols where IPv4 addresses are without a word for it, in some of them one by one. */
function writeIp4Address(primitive: Resolved.Ip4Address): string {
  const address = `${directions[primitive.direction]} ${writeIp4(primitive)}`;
  const { protocols } = primitive;
  if (protocols.length === 3) return address;
  return alternatives(protocols.map((protocol) => `${protocol} ${address}`));
}

const transports: ReadonlyMap<number, string> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [132, 'sctp'],
]);

function writePorts({ protocols, direction, low, high }: Resolved.Ports): string {
  const range = low === high ? `port ${low}` : `portrange ${low}-${high}`;
  const ports = `${directions[direction]} ${range}`;
  if (protocols.length === transports.size) return ports;
  return alternatives(protocols.map((protocol) => `${transports.get(protocol)} ${ports}`));
}

function alternatives(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : `(${texts.join(' or ')})`;
}
