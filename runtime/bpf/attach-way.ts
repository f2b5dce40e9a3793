/** One copy of the object, loaded and attached in one way. */
import type { NetcapKnobs } from '../events/generated.js';
import { libc } from '../ffi/libbpf.js';
import { type LeftOut, type ManyWay, noArguments, noFields, type Way } from '../hooks/ways.js';
import { type Attached, attachProgram, attachTypes, hasProcess, programsFor } from './attach.js';
import { attachMany, manyMaps } from './attach-many.js';
import type { HookSetOptions } from './hook-set.js';
import { type LoadedObject, loadObject, type MapSetting } from './object.js';
import { openXdpProgram } from './xdp-program.js';

/** What does not depend on the way. */
export interface WayContext {
  /** Index of the hook; the first one's if there are many. */
  readonly hook: number;
  readonly maps: readonly MapSetting[];
  readonly options: HookSetOptions;
}

/** A way that worked. */
export interface AttachedWay {
  readonly object: LoadedObject;
  readonly attached: Attached;
  readonly failed: readonly LeftOut[];
}

/** Throws BpfError; nothing is left loaded then. */
export function attachWay(
  object: Uint8Array,
  way: Way | ManyWay,
  context: WayContext,
): AttachedWay {
  const isMany = 'functions' in way;
  const single: Way = isMany
    ? { kind: 'kprobe.multi', target: way.target, arguments: noArguments, fields: noFields }
    : way;
  if (single.kind === 'xdp.fentry' || single.kind === 'xdp.fexit') {
    return attachToXdpProgram(object, single, single.kind, context);
  }
  const { expectation, ...programs } = programsFor(single);
  const loaded = loadObject(object, {
    ...programs,
    maps: isMany ? [...context.maps, ...manyMaps(way)] : context.maps,
    knobs: knobsFor(single, context),
    // The same program, whether it is attached to many functions at once or one after the other.
    ...(expectation === undefined || (isMany && way.kind === 'kprobe') ? {} : { expectation }),
  });
  return attachLoaded(loaded, () =>
    isMany ? attachMany(way, loaded, context.hook) : attachProgram(way, loaded),
  );
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
    return attachLoaded(loaded, () => attachProgram(way, loaded));
  } finally {
    libc().close(target.fd);
  }
}

function attachLoaded(
  loaded: LoadedObject,
  attach: () => Attached & { readonly failed?: readonly LeftOut[] },
): AttachedWay {
  try {
    const attached = attach();
    return { object: loaded, attached, failed: attached.failed ?? [] };
  } catch (cause) {
    loaded.close();
    throw cause;
  }
}

function knobsFor(way: Way, { hook, options }: WayContext): NetcapKnobs {
  return {
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
    hasProcess: hasProcess(way.kind) ? 1 : 0,
    packetKind: way.arguments.packetKind,
  };
}
