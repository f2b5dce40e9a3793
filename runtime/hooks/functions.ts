/** Hooks at one function: the packet among its arguments, and the kinds that can get at it there. */
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { noArgument, returned } from '../events/flags.js';
import { type ArgumentIndexes, chosenPacket, findArguments, findReturned } from './arguments.js';
import type { Parameter, Signature } from './btf.js';
import type { Kernel } from './kernel.js';
import { nearest } from './nearest.js';
import { otherName } from './renamed.js';
import type { HookSpec } from './spec.js';
import { argumentWay, noArguments, type ResolvedHook, type Way } from './ways.js';

type FunctionSpec = Extract<HookSpec, { group: 'function' }>;
type SingleKind = 'fentry' | 'fexit' | 'kprobe' | 'kretprobe';

/** Arguments that are in registers when a function is called: more than that kprobes cannot see (x86-64 psABI). */
export const registerArguments = 6;

/** Kinds that serve each word, the cheapest first. */
const kindsOf: Readonly<Record<FunctionSpec['kind'], readonly SingleKind[]>> = {
  function: ['fentry', 'kprobe'],
  fentry: ['fentry'],
  fexit: ['fexit'],
  kprobe: ['kprobe'],
  kretprobe: ['kretprobe'],
};

/** Find the function, by another name that it has in this kernel if need be, and its packet. */
export function resolveFunction(
  spec: FunctionSpec,
  kernel: Kernel,
  packetType: string,
): Outcome<ResolvedHook> {
  const exists = (name: string) => kernel.signature(name) !== undefined;
  const other = exists(spec.name) ? undefined : otherName(spec.name, exists);
  const name = other ?? spec.name;
  const notes = other === undefined ? [] : [`${spec.name} is ${other} in this kernel`];
  const signature = kernel.signature(name);
  const ways =
    signature === undefined
      ? resolveUndescribed(spec, kernel)
      : resolveDescribed({ ...spec, name }, signature, packetType);
  return ways.ok ? success({ spec, ways: ways.value, notes, leftOut: [] }) : ways;
}

function resolveDescribed(
  spec: FunctionSpec,
  signature: Signature,
  packetType: string,
): Outcome<readonly Way[]> {
  const isReturn = spec.kind === 'fexit' || spec.kind === 'kretprobe';
  const automatic = isReturn
    ? findReturned(signature, packetType)
    : findArguments(signature.parameters, packetType);
  const found = chooseArguments(spec, signature.parameters, packetType, automatic);
  if (!found.ok) return found;
  const { packet } = found.value;
  const isInRegister = packet === returned || packet < registerArguments;
  const kinds = kindsOf[spec.kind].filter((kind) => isInRegister || !isProbe(kind));
  if (kinds.length === 0) {
    return mistake('hook-argument', `argument ${packet + 1} of ${spec.name} is not in a register`, {
      place: spec.place,
      help: `${spec.kind} sees the first ${registerArguments}; try fentry:${spec.name}`,
    });
  }
  return success(
    kinds.map((kind) => argumentWay(kind, spec.name, forKind(found.value, kind, signature))),
  );
}

function isProbe(kind: SingleKind): boolean {
  return kind === 'kprobe' || kind === 'kretprobe';
}

/** To fexit what a function returned is one more argument. */
function forKind(
  found: ArgumentIndexes,
  kind: SingleKind,
  { parameters }: Signature,
): ArgumentIndexes {
  return kind === 'fexit' && found.packet === returned
    ? { ...found, packet: parameters.length }
    : found;
}

/** A function that BTF does not describe can be reached by kprobe if the user says where the packet is. */
function resolveUndescribed(spec: FunctionSpec, kernel: Kernel): Outcome<readonly Way[]> {
  const { kind, name, argument, place } = spec;
  if (kernel.eventParameters(name) !== undefined) {
    return mistake('unknown-function', `${name} is an event, not a function`, {
      place,
      help: `write tp_btf:${name}`,
    });
  }
  if (!kernel.symbols().has(name)) {
    const names = [...(kernel.btf()?.functionNames() ?? []), ...kernel.symbols().keys()];
    return unknown('function', name, spec, names);
  }
  const undescribed = `the kernel's BTF does not describe ${name}`;
  if (kind === 'fentry' || kind === 'fexit') {
    const other = kind === 'fentry' ? 'kprobe' : 'kretprobe';
    return mistake('hook-undescribed', undescribed, {
      place,
      help: `${kind} needs that; try ${other}:${name}@N`,
    });
  }
  if (argument === undefined) {
    return mistake('hook-undescribed', undescribed, {
      place,
      help: `say which argument is the packet: ${name}@1 is the first`,
    });
  }
  if (argument > registerArguments) {
    return mistake('hook-argument', `argument ${argument} is not in a register`, {
      place,
      help: `probes see the first ${registerArguments}`,
    });
  }
  const way = kind === 'kretprobe' ? 'kretprobe' : 'kprobe';
  return success([argumentWay(way, name, { ...noArguments, packet: argument - 1 })]);
}

/** What was found, or what the user says instead. */
export function chooseArguments(
  spec: HookSpec,
  parameters: readonly Parameter[],
  packetType: string,
  found: ArgumentIndexes,
): Outcome<ArgumentIndexes> {
  const { name, argument, place } = spec;
  const signature = `${name}(${parameters.map(({ type }) => type).join(', ')})`;
  if (argument === undefined) {
    if (found.packet !== noArgument) return success(found);
    return mistake('hook-packet', `no argument of ${name} is a ${packetType}`, {
      place,
      help: `it is ${signature}`,
    });
  }
  const type = parameters[argument - 1]?.type;
  if (type === undefined) {
    return mistake('hook-argument', `${name} has no argument ${argument}`, {
      place,
      help: `it is ${signature}`,
    });
  }
  const chosen = chosenPacket(parameters, argument - 1, packetType);
  if (chosen !== undefined) return success({ ...found, ...chosen });
  return mistake('hook-argument', `argument ${argument} of ${name} is a ${type}`, {
    place,
    help: `a ${packetType} is wanted; it is ${signature}`,
  });
}

/** A name that the kernel does not know, with those that may be meant. */
export function unknown(
  what: string,
  name: string,
  spec: HookSpec,
  names: Iterable<string>,
): Outcome<never> {
  const suggestions = nearest(name, names, 5);
  return mistake(`unknown-${what}`, `the kernel has no ${what} ${name}`, {
    place: spec.place,
    ...(suggestions.length === 0 ? {} : { help: `the nearest are ${suggestions.join(', ')}` }),
  });
}
