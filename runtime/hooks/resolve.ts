/**
 * Turns what the user wrote into ways to attach, best first, by what the kernel tells about itself. Nothing is
 * attached here: whether a way is open shows only when it is tried.
 */

import { mistake, type Outcome, success } from '../../compiler/index.js';
import type { AttachKind } from '../bpf/attach.js';
import { noArgument, noOffset } from '../events/flags.js';
import {
  type ArgumentIndexes,
  canBePacket,
  type FieldOffsets,
  findArguments,
  findFields,
} from './arguments.js';
import type { Parameter } from './btf.js';
import type { Kernel } from './kernel.js';
import { nearest } from './nearest.js';
import type { HookSpec } from './spec.js';

/** One way to attach one hook. */
export interface Way {
  readonly kind: AttachKind;
  readonly target: string;
  readonly arguments: ArgumentIndexes;
  readonly fields: FieldOffsets;
}

/** A hook and the ways to attach it, best first; there is at least one. */
export interface ResolvedHook {
  readonly spec: HookSpec;
  readonly ways: readonly Way[];
}

const noArguments: ArgumentIndexes = {
  packet: noArgument,
  location: noArgument,
  reason: noArgument,
  payload: noArgument,
};
const noFields: FieldOffsets = {
  packet: noOffset,
  location: noOffset,
  reason: noOffset,
  payload: noOffset,
};

/** Find the packet among the arguments of a hook. `packetType` is the C type of the object's packets. */
export function resolveHook(
  spec: HookSpec,
  kernel: Kernel,
  packetType: string,
): Outcome<ResolvedHook> {
  const ways = isFunctionKind(spec.kind)
    ? resolveFunction(spec, spec.kind, kernel, packetType)
    : resolveEvent(spec, spec.kind, kernel, packetType);
  return ways.ok ? success({ spec, ways: ways.value }) : ways;
}

type FunctionKind = 'function' | 'fentry' | 'kprobe';
type EventKind = 'tracepoint' | 'raw_tp' | 'tp_btf';

function isFunctionKind(kind: HookSpec['kind']): kind is FunctionKind {
  return kind === 'function' || kind === 'fentry' || kind === 'kprobe';
}

function resolveFunction(
  spec: HookSpec,
  kind: FunctionKind,
  kernel: Kernel,
  packetType: string,
): Outcome<readonly Way[]> {
  const parameters = kernel.functionParameters(spec.name);
  if (parameters === undefined) return resolveUndescribed(spec, kind, kernel);
  const found = chooseArguments(spec, parameters, packetType);
  if (!found.ok) return found;
  const kinds = kind === 'function' ? (['fentry', 'kprobe'] as const) : [kind];
  return success(kinds.map((each) => argumentWay(each, spec.name, found.value)));
}

/** A function that BTF does not describe can be reached by kprobe if the user says where the packet is. */
function resolveUndescribed(
  spec: HookSpec,
  kind: FunctionKind,
  kernel: Kernel,
): Outcome<readonly Way[]> {
  const { name, argument, place } = spec;
  if (kernel.eventParameters(name) !== undefined) {
    return mistake('unknown-function', `${name} is an event, not a function`, {
      place,
      help: `write tp_btf:${name}`,
    });
  }
  if (!kernel.symbolNames().has(name)) {
    const names = [...(kernel.btf()?.functionNames() ?? []), ...kernel.symbolNames()];
    return unknown('function', name, spec, names);
  }
  if (kind === 'fentry') {
    return mistake('hook-undescribed', `the kernel's BTF does not describe ${name}`, {
      place,
      help: `fentry needs that; try kprobe:${name}@N`,
    });
  }
  if (argument === undefined) {
    return mistake('hook-undescribed', `the kernel's BTF does not describe ${name}`, {
      place,
      help: `say which argument is the packet: ${name}@1 is the first`,
    });
  }
  return success([argumentWay('kprobe', name, { ...noArguments, packet: argument - 1 })]);
}

function resolveEvent(
  spec: HookSpec,
  kind: EventKind,
  kernel: Kernel,
  packetType: string,
): Outcome<readonly Way[]> {
  const { name, subsystem, argument } = spec;
  const fields = subsystem === undefined ? undefined : kernel.eventFields(subsystem, name);
  if (subsystem !== undefined && fields === undefined && kernel.hasTracefs()) {
    return unknown('event', `${subsystem}:${name}`, spec, kernel.events());
  }
  const parameters = kernel.eventParameters(name);
  if (parameters === undefined && fields === undefined) {
    return unknown('event', name, spec, kernel.btf()?.eventNames() ?? []);
  }
  const found =
    parameters === undefined ? undefined : chooseArguments(spec, parameters, packetType);
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

function argumentWay(kind: AttachKind, target: string, found: ArgumentIndexes): Way {
  return { kind, target, arguments: found, fields: noFields };
}

function chooseArguments(
  spec: HookSpec,
  parameters: readonly Parameter[],
  packetType: string,
): Outcome<ArgumentIndexes> {
  const { name, argument, place } = spec;
  const found = findArguments(parameters, packetType);
  const signature = `${name}(${parameters.map(({ type }) => type).join(', ')})`;
  if (argument === undefined) {
    if (found.packet !== noArgument) return success(found);
    return mistake('hook-packet', `no argument of ${name} is a ${packetType}`, {
      place,
      help: `it is ${signature}`,
    });
  }
  const chosen = parameters[argument - 1];
  if (chosen === undefined) {
    return mistake('hook-argument', `${name} has no argument ${argument}`, {
      place,
      help: `it is ${signature}`,
    });
  }
  if (!canBePacket(chosen, packetType)) {
    return mistake('hook-argument', `argument ${argument} of ${name} is a ${chosen.type}`, {
      place,
      help: `a ${packetType} is wanted; it is ${signature}`,
    });
  }
  return success({ ...found, packet: argument - 1 });
}

function unknown(
  what: string,
  name: string,
  spec: HookSpec,
  names: Iterable<string>,
): Outcome<readonly Way[]> {
  const suggestions = nearest(name, names, 5);
  return mistake(`unknown-${what}`, `the kernel has no ${what} ${name}`, {
    place: spec.place,
    ...(suggestions.length === 0 ? {} : { help: `the nearest are ${suggestions.join(', ')}` }),
  });
}
