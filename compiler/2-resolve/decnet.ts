import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import { etherType } from '../link/ether-type.js';
import type { Context } from './context.js';
import { type Qualifiers, reportWrongQualifier, resolveDirection } from './qualifiers.js';
import { requireType } from './surroundings.js';

const maximumArea = 63;
const maximumNode = 1023;

/** `decnet host area.node` (gen_ncode, gen_dnhostop): nothing else can stand under `decnet`. */
export function resolveDecnet(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.DecnetAddress | undefined {
  const { protocol, type } = qualifiers;
  const { text, span } = literal;
  const isHost = type === undefined || type.text === 'host';
  const isAddress = literal.form === 'ip4' || literal.form === 'number';
  const isPlain = literal.prefix === undefined && literal.mask === undefined;
  if (!isHost || !isAddress || !isPlain) {
    const help = "'decnet' takes an address: 'decnet host 10.15'";
    const subject = isHost ? `'${text}'` : `'${type.text}'`;
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, subject, help);
  }
  const address = parseAddress(text);
  if (address === undefined) return context.report('invalid-decnet-address', span, { text });
  const direction = resolveDirection(context, qualifiers);
  const isKnown = requireType(context, etherType.decnet, {
    text: 'decnet',
    span: protocol?.span ?? span,
  });
  if (direction === undefined || !isKnown) return undefined;
  return { kind: 'decnet-address', direction, address, span };
}

/** `area.node`, both decimal whatever they start with, as 16 bits (pcap_atodn). */
function parseAddress(text: string): number | undefined {
  const [, area, node] = /^([0-9]+)\.([0-9]+)$/.exec(text) ?? [];
  if (area === undefined || node === undefined) return undefined;
  if (Number(area) > maximumArea || Number(node) > maximumNode) return undefined;
  return Number(area) * (maximumNode + 1) + Number(node);
}
