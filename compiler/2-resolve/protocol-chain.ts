import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Context } from './context.js';
import { type Qualifiers, reportWrongQualifier } from './qualifiers.js';
import { requireAtMost } from './surroundings.js';

const maximumProtocol = 0xff;

/** `protochain 6`, `ip6 protochain \tcp` (gen_protochain); `value` is undefined for a name that nobody knows. */
export function resolveProtocolChain(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
  value: number | undefined,
): Resolved.IpProtocolChain | undefined {
  const { protocol, type } = qualifiers;
  const { text, span } = literal;
  const families = (['ip', 'ip6'] as const).filter(
    (family) => protocol === undefined || protocol.text === family,
  );
  if (families.length === 0) {
    const help = "only 'ip', 'ip6' or no protocol stands before 'protochain'";
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, "'protochain'", help);
  }
  if (value === undefined) return context.report('unknown-protocol', span, { text });
  if (!requireAtMost(context, maximumProtocol, value, literal, 'protocol')) return undefined;
  if (context.surroundings.tunnels > 0)
    return context.report('chain-behind-tunnel', type?.span ?? span, {});
  return { kind: 'ip-protocol-chain', families, value, span };
}
