/** One copy of the object, loaded and attached in one way. */
import type { NetcapKnobs } from '../events/generated.js';
import { libc } from '../ffi/libbpf.js';
import { type LeftOut, type ManyWay, noArguments, noFields, type Way } from '../hooks/ways.js';
import { type Attached, attachProgram, attachTypes, hasProcess, programsFor } from './attach.js';
import { attachMany, manyMaps } from './attach-many.js';
import { sumMissed } from './counts.js';
import { createBpfError, isBpfError } from './error.js';
import type { HookSetOptions } from './hook-set.js';
import { limitKnobs } from './limits.js';
import type { MissedRuns } from './missed.js';
import { type LoadedObject, loadObject, type MapSetting } from './object.js';
import { packetKindOf } from './packet-kind.js';
import { openXdpProgram } from './xdp-program.js';

/** What does not depend on the way. */
export interface WayContext {
  /** Index of the hook; the first one's if there are many. */
  readonly hook: number;
  readonly maps: readonly MapSetting[];
  /** The knob `rings`. */
  readonly rings: number;
  readonly options: HookSetOptions;
}

/** A way that worked. */
export interface AttachedWay {
  readonly object: LoadedObject;
  detach(): void;
  readonly failed: readonly LeftOut[];
  /** Runs that were left out; what links know of them, only until they are detached. */
  missed(): readonly MissedRuns[];
}

/** Where the probe at a function's entry keeps its arguments for the one at its return. */
const callsUnderWay: MapSetting = { name: 'netcap_entries', maxEntries: 8192 };

/** Throws BpfError; nothing is left loaded then. */
export function attachWay(
  object: Uint8Array,
  way: Way | ManyWay,
  context: WayContext,
): AttachedWay {
  if (!('functions' in way)) return attachOne(object, way, context);
  return way.kind === 'kprobe.multi' || way.kind === 'kprobe'
    ? attachTogether(object, way, context)
    : attachSeparately(object, way, context);
}

function attachOne(object: Uint8Array, way: Way, context: WayContext): AttachedWay {
  if (way.kind === 'xdp.fentry' || way.kind === 'xdp.fexit') {
    return attachToXdpProgram(object, way, way.kind, context);
  }
  const programs = programsFor(way);
  const loaded = loadObject(object, {
    ...programs,
    maps: programs.companion === undefined ? context.maps : [...context.maps, callsUnderWay],
    knobs: knobsFor(way, context),
  });
  return attachLoaded(loaded, { hook: context.hook, hooks: 1 }, () => attachProgram(way, loaded));
}

function attachTogether(object: Uint8Array, way: ManyWay, context: WayContext): AttachedWay {
  const any: Way = {
    kind: 'kprobe.multi',
    target: way.target,
    arguments: noArguments,
    fields: noFields,
  };
  const { expectation, ...programs } = programsFor(any);
  const loaded = loadObject(object, {
    ...programs,
    maps: [...context.maps, ...manyMaps(way)],
    knobs: knobsFor(any, context),
    // The same program, whether it is attached to all functions at once or one after the other.
    ...(expectation === undefined || way.kind === 'kprobe' ? {} : { expectation }),
  });
  return attachLoaded(loaded, { hook: context.hook, hooks: way.functions.length }, () =>
    attachMany(way, loaded, context.hook),
  );
}

/** A program for each function; those that refuse are left out. */
function attachSeparately(object: Uint8Array, way: ManyWay, context: WayContext): AttachedWay {
  const parts: AttachedWay[] = [];
  const failed: LeftOut[] = [];
  const detach = () => {
    for (const part of parts) part.detach();
  };
  const close = () => {
    for (const part of parts) part.object.close();
  };
  for (const [index, each] of way.functions.entries()) {
    const first = parts[0]?.object;
    const maps =
      first === undefined
        ? context.maps
        : context.maps.map(({ name }) => ({ name, reuseFd: first.mapFd(name) }));
    try {
      parts.push(attachOne(object, each, { ...context, hook: context.hook + index, maps }));
    } catch (cause) {
      if (!isBpfError(cause)) {
        detach();
        close();
        throw cause;
      }
      failed.push({ name: each.target, reason: cause.reason });
    }
  }
  const [first] = parts;
  if (first === undefined) {
    throw createBpfError({
      operation: `attach ${way.kind}:${way.target}`,
      reason: failed[0]?.reason ?? 'no function',
    });
  }
  return {
    object: { ...first.object, close },
    detach,
    failed,
    missed: () => parts.flatMap((part) => part.missed()),
  };
}

/** Beside the program that the interface has, which goes on as it did. */
function attachToXdpProgram(
  object: Uint8Array,
  way: Way,
  kind: 'xdp.fentry' | 'xdp.fexit',
  context: WayContext,
): AttachedWay {
  const target = openXdpProgram(way.interfaceIndex ?? 0, way.target);
  try {
    const loaded = loadObject(object, {
      program: programsFor(way).program,
      maps: context.maps,
      knobs: knobsFor(way, context),
      expectation: {
        attachType: attachTypes[kind === 'xdp.fentry' ? 'fentry' : 'fexit'],
        target: target.functionName,
        programFd: target.fd,
      },
    });
    return attachLoaded(loaded, { hook: context.hook, hooks: 1 }, () => attachProgram(way, loaded));
  } finally {
    libc().close(target.fd);
  }
}

function attachLoaded(
  loaded: LoadedObject,
  place: Pick<MissedRuns, 'hook' | 'hooks'>,
  attach: () => Attached & { readonly failed?: readonly LeftOut[] },
): AttachedWay {
  try {
    const attached = attach();
    return {
      object: loaded,
      detach: attached.detach,
      failed: attached.failed ?? [],
      missed: () => [{ ...place, runs: sumMissed([loaded.missed(), attached.missed()]) }],
    };
  } catch (cause) {
    loaded.close();
    throw cause;
  }
}

function knobsFor(way: Way, { hook, rings, options }: WayContext): NetcapKnobs {
  return {
    hook,
    snaplen: options.snaplenBytes,
    ...limitKnobs(options.limits),
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
    rings,
    hasProcess: hasProcess(way.kind) ? 1 : 0,
    packetKind: packetKindOf(way),
  };
}
