/**
 * Turns what the user wrote into ways to attach, best first, by what the kernel tells about itself. Nothing is
 * attached here: whether a way is open shows only when it is tried.
 */

import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { noOffset } from '../events/flags.js';
import { findArguments, findFields } from './arguments.js';
import { resolveDevice } from './devices.js';
import { chooseArguments, resolveFunction, unknown } from './functions.js';
import { resolveGlob } from './glob.js';
import type { Kernel } from './kernel.js';
import type { HookSpec } from './spec.js';
import { isGlob } from './target.js';
import { argumentWay, noArguments, noFields, type ResolvedHook, type Way } from './ways.js';

/** Find the packet of a hook. `packetType` is the C type of the object's packets. */
export function resolveHook(
  spec: HookSpec,
  kernel: Kernel,
  packetType: string,
): Outcome<ResolvedHook> {
  if (spec.userArgument !== undefined) {
    return mistake('hook-argument', 'the object has no C code that could take a second argument', {
      place: spec.place,
      help: `leave out @${spec.userArgument}`,
    });
  }
  switch (spec.group) {
    case 'function':
      return isGlob(spec.name)
        ? resolveGlob(spec, kernel, packetType)
        : resolveFunction(spec, kernel, packetType);
    case 'event': {
      const ways = resolveEvent(spec, kernel, packetType);
      return ways.ok ? success({ spec, ways: ways.value, notes: [], leftOut: [] }) : ways;
    }
    case 'device':
      return resolveDevice(spec, kernel, packetType);
  }
}

function resolveEvent(
  spec: Extract<HookSpec, { group: 'event' }>,
  kernel: Kernel,
  packetType: string,
): Outcome<readonly Way[]> {
  const { kind, name, subsystem, argument } = spec;
  const fields = subsystem === undefined ? undefined : kernel.eventFields(subsystem, name);
  if (subsystem !== undefined && fields === undefined && kernel.hasTracefs()) {
    return unknown('event', `${subsystem}:${name}`, spec, kernel.events());
  }
  const parameters = kernel.eventParameters(name);
  if (parameters === undefined && fields === undefined) {
    return unknown('event', name, spec, kernel.btf()?.eventNames() ?? []);
  }
  const found =
    parameters === undefined
      ? undefined
      : chooseArguments(spec, parameters, packetType, findArguments(parameters, packetType));
  const offsets = fields === undefined ? noFields : findFields(fields, packetType);
  const ways: Way[] = [];
  if (found?.ok) {
    // The perf tracepoint runs the same program at four times the cost.
    const kinds = kind === 'tracepoint' ? (['tp_btf', 'raw_tp'] as const) : [kind];
    ways.push(...kinds.map((each) => argumentWay(each, name, found.value)));
  }
  if (kind === 'tracepoint' && offsets.packet !== noOffset && argument === undefined) {
    ways.push({
      kind: 'tracepoint',
      target: `${subsystem}:${name}`,
      arguments: noArguments,
      fields: offsets,
    });
  }
  if (ways.length > 0) return success(ways);
  if (found !== undefined && !found.ok) return found;
  return mistake('hook-packet', `${name} does not say where its packet is`, {
    place: spec.place,
    help: "the kernel's BTF does not describe it, and its event has no field skbaddr",
  });
}
