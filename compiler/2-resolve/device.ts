import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Context } from './context.js';

/** Bytes of a device's name (IFNAMSIZ), its end included. */
const nameLength = 16;

/** `inbound`, `outbound` (gen_inbound_outbound): in the header of cooked packets, or known of live ones. */
export function resolveDirectionWord(
  context: Context,
  { keyword, span }: Ast.Other,
): Resolved.PacketDirection | undefined {
  const { link } = context.surroundings;
  if (link !== 'linux-sll' && link !== 'linux-sll2' && !requireDevice(context, keyword))
    return undefined;
  return { kind: 'packet-direction', outbound: keyword.text === 'outbound', span };
}

/** `ifindex N` (gen_ifindex). */
export function resolveInterfaceIndex(
  context: Context,
  { keyword, span }: Ast.Other,
  value: number | undefined,
): Resolved.InterfaceIndex | undefined {
  if (context.surroundings.link !== 'linux-sll2' && !requireDevice(context, keyword))
    return undefined;
  return value === undefined ? undefined : { kind: 'interface-index', value, span };
}

/** `ifname NAME`, `on NAME`: libpcap knows both for pf logs only. */
export function resolveInterfaceName(
  context: Context,
  { keyword, operands: [name], span }: Ast.Other,
): Resolved.InterfaceName | undefined {
  if (!requireDevice(context, keyword) || name === undefined) return undefined;
  if (name.text.length >= nameLength)
    return context.report('interface-name-too-long', name.span, { maximum: nameLength - 1 });
  return { kind: 'interface-name', name: name.text, span };
}

/** Whether the packet's device can be asked: of a live packet, where the target is one that has it. */
function requireDevice(context: Context, keyword: Ast.Word): boolean {
  if (context.hasDevice) return true;
  context.report('needs-device', keyword.span, { text: keyword.text });
  return false;
}
