import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import { etherType } from '../link/ether-type.js';
import type { Context } from './context.js';
import {
  reportUnavailable,
  requireAtMost,
  requireType,
  type Surroundings,
} from './surroundings.js';

const maximumVlan = 0xfff;
const maximumLabel = 0xfffff;
const maximumSession = 0xffff;
const maximumNetwork = 0xffffff;

/** `vlan`, `mpls`, `pppoed`, `pppoes`, `geneve` and `vxlan`, the number behind them if there is one. */
export function resolveEncapsulation(
  context: Context,
  node: Ast.Other,
  number: number | undefined,
): Resolved.Formula | undefined {
  switch (node.keyword.text) {
    case 'vlan':
      return resolveVlan(context, node, number);
    case 'mpls':
      return resolveMpls(context, node, number);
    case 'pppoed':
      return requireType(context, etherType.pppoeDiscovery, node.keyword)
        ? { kind: 'pppoe-discovery', span: node.span }
        : undefined;
    case 'pppoes':
      return resolvePppoeSession(context, node, number);
    default:
      return resolveTunnel(context, node, number);
  }
}

/** gen_vlan. */
function resolveVlan(
  context: Context,
  node: Ast.Other,
  identifier: number | undefined,
): Resolved.Vlan | undefined {
  const { link, labels } = context.surroundings;
  if (labels > 0) return context.report('vlan-behind-labels', node.keyword.span, {});
  if (link !== 'ethernet') return reportUnavailable(context, node.keyword);
  if (!isInRange(context, node, identifier, maximumVlan, 'VLAN identifier')) return undefined;
  return { kind: 'vlan', ...(identifier !== undefined && { identifier }), span: node.span };
}

/** gen_mpls. */
function resolveMpls(
  context: Context,
  node: Ast.Other,
  label: number | undefined,
): Resolved.Mpls | undefined {
  const { link, labels } = context.surroundings;
  if (link !== 'ethernet' && link !== 'ppp') return reportUnavailable(context, node.keyword);
  enter(context, { labels: labels + 1 });
  if (!isInRange(context, node, label, maximumLabel, 'MPLS label')) return undefined;
  return { kind: 'mpls', ...(label !== undefined && { label }), span: node.span };
}

/** gen_pppoes. */
function resolvePppoeSession(
  context: Context,
  node: Ast.Other,
  session: number | undefined,
): Resolved.PppoeSession | undefined {
  const isKnown = requireType(context, etherType.pppoeSession, node.keyword);
  enter(context, { link: 'ppp' });
  if (!isKnown || !isInRange(context, node, session, maximumSession, 'PPPoE session'))
    return undefined;
  return { kind: 'pppoe-session', ...(session !== undefined && { session }), span: node.span };
}

/** gen_geneve, gen_vxlan. */
function resolveTunnel(
  context: Context,
  node: Ast.Other,
  network: number | undefined,
): Resolved.Tunnel | undefined {
  const protocol = node.keyword.text === 'geneve' ? 'geneve' : 'vxlan';
  enter(context, { link: 'ethernet', tunnels: context.surroundings.tunnels + 1 });
  if (!isInRange(context, node, network, maximumNetwork, 'network identifier')) return undefined;
  return { kind: 'tunnel', protocol, ...(network !== undefined && { network }), span: node.span };
}

function enter(context: Context, change: Partial<Surroundings>): void {
  context.surroundings = { ...context.surroundings, ...change };
}

/** Whether there is no number, or one that fits. */
function isInRange(
  context: Context,
  { operands: [literal] }: Ast.Other,
  value: number | undefined,
  maximum: number,
  what: string,
): boolean {
  if (literal === undefined || value === undefined) return true;
  return requireAtMost(context, maximum, value, literal, what);
}
