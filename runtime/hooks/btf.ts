/** What hooks ask of the kernel's description of its own types: parameters of functions and events, names of values. */

import { type BtfTypes, indexBtf } from './btf-types.js';

/** A parameter of a kernel function, typed as C would write it without qualifiers: `struct sk_buff *`. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
}

/** What a function takes and returns. */
export interface Signature {
  readonly parameters: readonly Parameter[];
  readonly returns: string;
}

/** A function or a tracepoint by its name. */
export interface Described {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

/** Questions to the BTF of the kernel, or of a module: a module's answers leave out what the kernel has. */
export interface Btf {
  /** Undefined if there is no function of that name. */
  signature(name: string): Signature | undefined;
  /** Parameters that a tracepoint hands to its programs; without names where only their types are known. */
  eventParameters(event: string): readonly Parameter[] | undefined;
  /** Type id of a function, which fentry programs attach by. */
  functionId(name: string): number | undefined;
  /** Type id of a tracepoint, which tp_btf programs attach by. */
  eventId(event: string): number | undefined;
  /** Value to name of an enum; empty if there is no such enum. */
  enumNames(name: string): ReadonlyMap<number, string>;
  functionNames(): readonly string[];
  eventNames(): readonly string[];
  /** All functions that have a parameter of the type, in the order of their names. */
  functionsTaking(type: string): readonly Described[];
  /** The same for what tracepoints hand to their programs. */
  eventsTaking(type: string): readonly Described[];
  /** The BTF of a module, from its bytes. Throws RangeError as `decodeBtf`. */
  module(bytes: Uint8Array): Btf;
}

/** typedef void (*btf_trace_EVENT)(void *__data, ...): programs do not get to see the first. */
const eventPrefix = 'btf_trace_';
/** The function that calls an event's programs: the same parameters, and with their names. */
const callerPrefix = '__traceiter_';

/** Index the bytes of /sys/kernel/btf/vmlinux. Throws RangeError if they are not BTF of this machine's byte order. */
export function decodeBtf(bytes: Uint8Array): Btf {
  return createBtf(indexBtf(bytes));
}

function createBtf(types: BtfTypes): Btf {
  const { find } = types;
  const parametersOf = (prototype: number): readonly Parameter[] =>
    types.membersOf(prototype).map(({ name, number }) => ({ name, type: types.describe(number) }));

  const takes = (prototype: number, type: string): boolean =>
    types.membersOf(prototype).some(({ number }) => types.describe(number) === type);
  const eventPrototype = (event: number, caller: number | undefined): number =>
    caller === undefined ? types.targetOf(types.targetOf(event)) : types.targetOf(caller);

  return {
    functionId: (name) => find('function', name),
    eventId: (event) => find('typedef', eventPrefix + event),
    signature: (name) => {
      const id = find('function', name);
      if (id === undefined) return undefined;
      const prototype = types.targetOf(id);
      return {
        parameters: parametersOf(prototype),
        returns: types.describe(types.targetOf(prototype)),
      };
    },
    eventParameters: (event) => {
      const id = find('typedef', eventPrefix + event);
      if (id === undefined) return undefined;
      return parametersOf(eventPrototype(id, find('function', callerPrefix + event))).slice(1);
    },
    enumNames: (name) => {
      const id = find('enum', name);
      const members = id === undefined ? [] : types.membersOf(id);
      return new Map(members.map((member) => [member.number, member.name]));
    },
    functionNames: () => Array.from(idsOf(types, 'function'), types.nameOf),
    eventNames: () =>
      Array.from(idsOf(types, 'typedef'), types.nameOf)
        .filter((name) => name.startsWith(eventPrefix))
        .map((name) => name.slice(eventPrefix.length)),
    functionsTaking: (type) => {
      const found = new Map<string, Described>();
      for (const id of idsOf(types, 'function')) {
        const prototype = types.targetOf(id);
        if (!takes(prototype, type)) continue;
        const name = types.nameOf(id);
        found.set(name, { name, parameters: parametersOf(prototype) });
      }
      return sortByName(found.values());
    },
    eventsTaking: (type) => {
      // Each look-up of a name goes through all types, so both kinds are gone through once instead.
      const callers = new Map(
        Array.from(idsOf(types, 'function'), (id) => [types.nameOf(id), id] as const),
      );
      const found: Described[] = [];
      for (const id of idsOf(types, 'typedef')) {
        if (!types.nameOf(id).startsWith(eventPrefix)) continue;
        const name = types.nameOf(id).slice(eventPrefix.length);
        const prototype = eventPrototype(id, callers.get(callerPrefix + name));
        if (!takes(prototype, type)) continue;
        found.push({ name, parameters: parametersOf(prototype).slice(1) });
      }
      return sortByName(found);
    },
    module: (bytes) => createBtf(indexBtf(bytes, types)),
  };
}

function sortByName(list: Iterable<Described>): readonly Described[] {
  return [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function* idsOf(types: BtfTypes, kind: 'function' | 'typedef'): Generator<number> {
  for (let id = types.firstId; id < types.endId; id++) if (types.kindOf(id) === kind) yield id;
}
