/**
 * All hooks of a capture: one loaded copy of the object for each, because what a hook's arguments mean is a constant
 * in its program, with one ring and one map of counters for all.
 */
import { type NetcapCounters, netcapCountersSize } from '../events/generated.js';
import type { ResolvedHook, Way } from '../hooks/resolve.js';
import type { InterfacePlace } from '../interfaces.js';
import { type Attached, type AttachKind, attachProgram, programNames } from './attach.js';
import { readCounters } from './counters.js';
import { type BpfError, createBpfError, isBpfError } from './error.js';
import { type LoadedObject, loadObject, type MapSetting } from './object.js';
import { openRing, type Ring } from './ring.js';

const ringMap = 'netcap_ring';
const countersMap = 'netcap_counters';

/** A hook that is attached, and what had to be tried before. */
export interface AttachedHook {
  readonly way: Way;
  readonly refused: readonly BpfError[];
}

/** The hooks of a capture and what they share. */
export interface HookSet {
  readonly hooks: readonly AttachedHook[];
  readonly ring: Ring;
  counters(): readonly NetcapCounters[];
  /** Detach all programs. Maps stay. */
  detach(): void;
  /** Detach and let go of everything. */
  close(): void;
}

/** What is the same for all hooks. */
export interface HookSetOptions {
  readonly snaplenBytes: number;
  readonly interface: InterfacePlace;
  readonly ringBytes: number;
}

/** Attach an object to every hook, or to none: throws the BpfError of the first that refuses. */
export function attachHooks(
  object: Uint8Array,
  resolved: readonly ResolvedHook[],
  options: HookSetOptions,
): HookSet {
  const loaded: LoadedObject[] = [];
  const attached: Attached[] = [];
  const hooks: AttachedHook[] = [];
  const detach = () => {
    for (const each of attached.splice(0)) each.detach();
  };
  const close = () => {
    detach();
    for (const each of loaded.splice(0)) each.close();
  };
  try {
    for (const [hook, { ways }] of resolved.entries()) {
      const maps = mapSettings(loaded[0], resolved.length, options.ringBytes);
      const result = attachFirst(object, ways, { hook, maps, options });
      loaded.push(result.object);
      attached.push(result.attached);
      hooks.push(result.hook);
    }
    const first = loaded[0];
    if (first === undefined) throw new Error('internal error: no hooks');
    const ring = openRing(first.mapFd(ringMap), options.ringBytes);
    return {
      hooks,
      ring,
      counters: () => hooks.map((_, hook) => readCounters(first.mapFd(countersMap), hook)),
      detach,
      close: () => {
        ring.close();
        close();
      },
    };
  } catch (cause) {
    close();
    throw cause;
  }
}

/** The first object makes the maps, the others take them. */
function mapSettings(
  first: LoadedObject | undefined,
  hooks: number,
  ringBytes: number,
): readonly MapSetting[] {
  if (first === undefined) {
    return [
      { name: ringMap, maxEntries: ringBytes },
      { name: countersMap, maxEntries: hooks, valueBytes: netcapCountersSize },
    ];
  }
  return [ringMap, countersMap].map((name) => ({ name, reuseFd: first.mapFd(name) }));
}

interface AttachContext {
  readonly hook: number;
  readonly maps: readonly MapSetting[];
  readonly options: HookSetOptions;
}

/** Try the ways of one hook in their order. */
function attachFirst(object: Uint8Array, ways: readonly Way[], context: AttachContext) {
  const refused: BpfError[] = [];
  for (const way of ways) {
    try {
      return { ...attachWay(object, way, context), hook: { way, refused } };
    } catch (cause) {
      if (!isBpfError(cause)) throw cause;
      refused.push(cause);
    }
  }
  throw joinRefusals(ways, refused);
}

function attachWay(object: Uint8Array, way: Way, { hook, maps, options }: AttachContext) {
  const loaded = loadObject(object, {
    program: programNames[way.kind],
    maps,
    knobs: {
      hook,
      snaplen: options.snaplenBytes,
      interface: options.interface.index,
      network: options.interface.network,
      packetArgument: way.arguments.packet,
      locationArgument: way.arguments.location,
      reasonArgument: way.arguments.reason,
      payloadArgument: way.arguments.payload,
      packetOffset: way.fields.packet,
      locationOffset: way.fields.location,
      reasonOffset: way.fields.reason,
      payloadOffset: way.fields.payload,
      reader: 0,
    },
    ...(isTracing(way.kind) ? { tracing: { kind: way.kind, name: way.target } } : {}),
  });
  try {
    return { object: loaded, attached: attachProgram(way.kind, loaded.program, way.target) };
  } catch (cause) {
    loaded.close();
    throw cause;
  }
}

/** Whether the verifier has to know the target when the program is loaded. */
function isTracing(kind: AttachKind): kind is 'fentry' | 'tp_btf' {
  return kind === 'fentry' || kind === 'tp_btf';
}

/** One error for a hook that can be attached in no way. */
function joinRefusals(ways: readonly Way[], refused: readonly BpfError[]): BpfError {
  const [way] = ways;
  const [first] = refused;
  if (way === undefined || first === undefined) throw new Error('internal error: no way to attach');
  const isOnly = refused.length === 1;
  return createBpfError({
    operation: `attach ${isOnly ? `${way.kind}:` : ''}${way.target}`,
    reason: isOnly
      ? first.reason
      : refused.map(({ reason }, index) => `as ${ways[index]?.kind}: ${reason}`).join('; '),
    log: refused.map(({ log }) => log).join('\n'),
    ...(first.errno === undefined ? {} : { errno: first.errno }),
    ...(first.help === undefined ? {} : { help: first.help }),
  });
}
