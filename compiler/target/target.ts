import type * as Ir from '../ir/nodes.js';

/**
 * Where a filter's packets come from. A target says where bytes, bounds and lengths are; that is C in its
 * template, behind the functions that `5-emit/emit.ts` calls (netcap_has, netcap_u8 …), and the same for every
 * filter. What a filter means is none of its business.
 */
export interface Target {
  readonly name: TargetName;
  /** File in bpf-templates with the hole for the filter. */
  readonly template: string;
  /** The ways a packet of this target can start: one filter function each. */
  readonly links: readonly Ir.Link[];
  /** Whether the template has a reader for packets in one piece, which asks a filter that leaves short ones to the other. */
  readonly asksQuickly: boolean;
  /** Whether a packet's device and packet type can be asked. */
  readonly hasDevice: boolean;
}

export type TargetName = 'skb' | 'sock' | 'mbuf';
