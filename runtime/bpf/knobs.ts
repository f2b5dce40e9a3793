import { noArgument, noOffset, packetKinds } from '../events/flags.js';
import type { NetcapKnobs } from '../events/generated.js';
import { noLimits } from './limits.js';

/**
 * What a program is told that is attached nowhere: the packet is its first argument, it has no others.
 * `isWindowForced`: read packets as every kernel does, whatever this one could do better. `packetKind`: what that argument
 * is, of `packetKinds`.
 */
export function idleKnobs(
  isWindowForced: boolean,
  packetKind: number = packetKinds.target,
): NetcapKnobs {
  return {
    hook: 0,
    snaplen: 0,
    ...noLimits,
    interface: 0,
    network: 0,
    packetArgument: 0,
    locationArgument: noArgument,
    reasonArgument: noArgument,
    payloadArgument: noArgument,
    packetOffset: noOffset,
    locationOffset: noOffset,
    reasonOffset: noOffset,
    payloadOffset: noOffset,
    reader: isWindowForced ? 1 : 0,
    rings: 0,
    hasProcess: 0,
    packetKind,
  };
}
