import { noArgument, returned } from '../events/flags.js';
import type { Way } from '../hooks/ways.js';
import { hookDirection } from './pcapng/direction.js';
import type { HookInterface } from './pcapng/section.js';

/** Events of the kernel that fire when an skb's memory is given back. */
const freeing = /^(skb:)?(kfree_skb|consume_skb)$/;

const eventKinds: ReadonlySet<string> = new Set(['tracepoint', 'raw_tp', 'tp_btf']);

/** What a capture file says of a hook: `ip_rcv@1`, and how it was attached. `target` is what a packet is. */
export function hookInterface(
  { kind, target: place, arguments: found }: Way,
  target: string,
): HookInterface {
  const hasArgument = found.packet !== noArgument && found.packet !== returned;
  const name = hasArgument ? `${place}@${found.packet + 1}` : place;
  const where = hasArgument ? `, ${target} is argument ${found.packet + 1}` : '';
  return {
    name,
    description: `${kind}:${place}${where}`,
    direction: kind === 'xdp' ? 'inbound' : hookDirection(place),
    // The function kfree_skb() only counts one user less.
    frees: eventKinds.has(kind) && freeing.test(place),
  };
}
