/**
 * All hooks of a capture: one loaded copy of the object for each, because what a hook's arguments mean is a constant
 * in its program, with one ring and one map of counters for all.
 */
import { type NetcapCounters, netcapCountersSize } from '../events/generated.js';
import type { HookSpec } from '../hooks/spec.js';
import {
  type LeftOut,
  type ManyWay,
  placesOf,
  type ResolvedHook,
  type Way,
} from '../hooks/ways.js';
import type { InterfacePlace } from '../interfaces.js';
import type { AttachKind } from './attach.js';
import { attachWay, type WayContext } from './attach-way.js';
import { readCounters } from './counters.js';
import { type BpfError, createBpfError, isBpfError } from './error.js';
import type { Limits } from './limits.js';
import type { MissedRuns } from './missed.js';
import type { LoadedObject, MapSetting } from './object.js';
import { openRing, type Ring } from './ring.js';
import { createRings } from './rings.js';

const countersMap = 'netcap_counters';
const sharedMap = 'netcap_shared';
const consumerMap = '.data.consumer';
const commonMaps = [countersMap, sharedMap, consumerMap];

/** A place that records come from. */
export interface AttachedHook {
  readonly way: Way;
}

/** A way that was tried in vain. */
export interface RefusedWay {
  readonly kind: AttachKind;
  readonly error: BpfError;
}

/** What became of one of the user's specs. */
export interface Attachment {
  readonly spec: HookSpec;
  readonly way: Way | ManyWay;
  readonly notes: readonly string[];
  /** Ways that were tried before. */
  readonly refused: readonly RefusedWay[];
  /** At how many places it is attached. */
  readonly hooked: number;
  /** Functions of a glob that are not attached. */
  readonly leftOut: readonly LeftOut[];
}

/** The hooks of a capture and what they share. */
export interface HookSet {
  /** One for each place, in the order of the specs; NetcapRecord.hook is an index into it. */
  readonly hooks: readonly AttachedHook[];
  /** One for each spec. */
  readonly attachments: readonly Attachment[];
  readonly ring: Ring;
  /** Of each hook, and of that of each CPU. Throws BpfError. */
  counters(): readonly (readonly NetcapCounters[])[];
  /** Until the programs are detached; then what it was by then. */
  missed(): readonly MissedRuns[];
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
  /** How many rings CPUs share, each of that size. */
  readonly rings: number;
  readonly limits: Limits;
}

/** Attach an object to every hook, or to none: throws the BpfError of the first that refuses. */
export function attachHooks(
  object: Uint8Array,
  resolved: readonly ResolvedHook[],
  options: HookSetOptions,
): HookSet {
  const loaded: LoadedObject[] = [];
  const detachers: (() => void)[] = [];
  const hooks: AttachedHook[] = [];
  const attachments: Attachment[] = [];
  const places = resolved.reduce((sum, each) => sum + placesOf(each), 0);
  const missedBy: (() => readonly MissedRuns[])[] = [];
  let lastMissed: readonly MissedRuns[] | undefined;
  const missed = () => lastMissed ?? missedBy.flatMap((read) => read());
  const detach = () => {
    lastMissed = missed();
    for (const each of detachers.splice(0)) each();
  };
  const rings = createRings(options.rings, options.ringBytes);
  const close = () => {
    detach();
    for (const each of loaded.splice(0)) each.close();
    rings.close();
  };
  try {
    for (const each of resolved) {
      const maps = [...rings.settings, ...mapSettings(loaded[0], places)];
      const context = { hook: hooks.length, maps, rings: rings.knob, options };
      const result = attachFirst(object, each, context);
      loaded.push(result.object);
      detachers.push(result.detach);
      missedBy.push(result.missed);
      attachments.push(result.attachment);
      const { way } = result.attachment;
      const ways = 'functions' in way ? way.functions : [way];
      hooks.push(...ways.map((place) => ({ way: place })));
    }
    const first = loaded[0];
    if (first === undefined) throw new Error('internal error: no hooks');
    const ring = openRing(
      { ringFds: rings.fds, consumerFd: first.mapFd(consumerMap) },
      options.ringBytes,
    );
    return {
      hooks,
      attachments,
      ring,
      missed,
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
function mapSettings(first: LoadedObject | undefined, hooks: number): readonly MapSetting[] {
  if (first === undefined) {
    return [
      { name: countersMap, maxEntries: hooks, valueBytes: netcapCountersSize },
      { name: sharedMap },
      { name: consumerMap },
    ];
  }
  return commonMaps.map((name) => ({ name, reuseFd: first.mapFd(name) }));
}

/** Try the ways of one hook in their order. */
function attachFirst(object: Uint8Array, resolved: ResolvedHook, context: WayContext) {
  const { spec, ways, notes } = resolved;
  const refused: RefusedWay[] = [];
  for (const way of ways) {
    try {
      const { failed, ...result } = attachWay(object, way, context);
      const leftOut = [...resolved.leftOut, ...failed];
      const hooked = ('functions' in way ? way.functions.length : 1) - failed.length;
      return { ...result, attachment: { spec, way, notes, refused, leftOut, hooked } };
    } catch (cause) {
      if (!isBpfError(cause)) throw cause;
      refused.push({ kind: way.kind, error: cause });
    }
  }
  throw joinRefusals(ways[0]?.target ?? spec.name, refused);
}

/** One error for a hook that can be attached in no way. */
function joinRefusals(target: string, refused: readonly RefusedWay[]): BpfError {
  const [first] = refused;
  if (first === undefined) throw new Error('internal error: no way to attach');
  const { errno, help, reason } = first.error;
  const isOnly = refused.length === 1;
  return createBpfError({
    operation: `attach ${isOnly ? `${first.kind}:` : ''}${target}`,
    reason: isOnly
      ? reason
      : refused.map(({ kind, error }) => `as ${kind}: ${error.reason}`).join('; '),
    log: refused.map(({ error }) => error.log).join('\n'),
    ...(errno === undefined ? {} : { errno }),
    ...(help === undefined ? {} : { help }),
  });
}
