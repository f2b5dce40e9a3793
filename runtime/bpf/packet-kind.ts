import { packetKinds } from '../events/flags.js';
import type { Way } from '../hooks/ways.js';

/**
 * Events whose packet may have been freed before: it is on its way, or has arrived. What reads it there has to be ready
 * for memory that is none, and loads through an argument that the verifier trusts are not.
 */
const lateEvents: ReadonlySet<string> = new Set(['net_dev_xmit']);

/** What the programs of a way are told of its packet, of `packetKinds`: only some kinds of hook have types for arguments. */
export function packetKindOf({ kind, target, arguments: { packetKind } }: Way): number {
  if (packetKind !== packetKinds.typed) return packetKind;
  const isTyped =
    kind === 'fentry' || kind === 'fexit' || (kind === 'tp_btf' && !lateEvents.has(target));
  return isTyped ? packetKinds.typed : packetKinds.target;
}
