/** What resolving a hook yields: ways to attach it, best first. */

import type { AttachKind } from '../bpf/attach.js';
import { noArgument, noOffset } from '../events/flags.js';
import type { ArgumentIndexes, FieldOffsets } from './arguments.js';
import type { HookSpec } from './spec.js';

/** One way to attach at one place. */
export interface Way {
  readonly kind: AttachKind;
  /** Function, event, `subsystem:event` for tracepoint, `interface:side` for tcx, interface for xdp. */
  readonly target: string;
  readonly arguments: ArgumentIndexes;
  readonly fields: FieldOffsets;
  /** Of tcx and xdp. */
  readonly interfaceIndex?: number;
  /** Of xdp: the kernel lets programs see packets that have fragments. */
  readonly takesFragments?: boolean;
}

/** Many functions: one program at all of them for kprobes, one each for the others. */
export interface ManyWay {
  readonly kind: 'kprobe.multi' | 'kprobe' | 'kretprobe' | 'fentry' | 'fexit';
  /** The glob. */
  readonly target: string;
  readonly functions: readonly Way[];
  /** Where functions are, if that is how a program has to tell them: for kprobes without cookies. */
  readonly addresses?: ReadonlyMap<string, bigint>;
}

/** A function that a glob names and that is not attached. */
export interface LeftOut {
  readonly name: string;
  /** As the end of a sentence. */
  readonly reason: string;
}

/** A hook and the ways to attach it, best first; there is at least one. */
export interface ResolvedHook {
  readonly spec: HookSpec;
  readonly ways: readonly (Way | ManyWay)[];
  /** What the user should know about what was made of the spec. */
  readonly notes: readonly string[];
  /** What the glob matches and cannot be attached in any way. */
  readonly leftOut: readonly LeftOut[];
}

/** How many places of a capture's list of hooks this one takes. */
export function placesOf({ ways }: ResolvedHook): number {
  return Math.max(...ways.map((way) => ('functions' in way ? way.functions.length : 1)));
}

export const noArguments: ArgumentIndexes = {
  packet: noArgument,
  location: noArgument,
  reason: noArgument,
  payload: noArgument,
  packetKind: 0,
};

export const noFields: FieldOffsets = {
  packet: noOffset,
  location: noOffset,
  reason: noOffset,
  payload: noOffset,
};

/** A way whose packet is among a function's or an event's arguments. */
export function argumentWay(kind: AttachKind, target: string, found: ArgumentIndexes): Way {
  return { kind, target, arguments: found, fields: noFields };
}
