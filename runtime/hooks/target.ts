/** The part of a hook's spec that says where to attach: `[KIND:]TARGET`. */
import { mistake, type Outcome, type Place, success } from '../../compiler/for-runtime.js';
import { nearest } from './nearest.js';

/** Kinds as the user may write them, without synonyms; `function` is a spec that names none. */
export type FunctionKind = 'function' | 'fentry' | 'fexit' | 'kprobe' | 'kretprobe';
export type EventKind = 'tracepoint' | 'raw_tp' | 'tp_btf';
export type DeviceKind = 'tcx' | 'xdp';

/** What a hook is at, in the user's words. */
export type Target =
  | {
      readonly group: 'function';
      readonly kind: FunctionKind;
      /** A name or a glob. */
      readonly name: string;
    }
  | {
      readonly group: 'event';
      readonly kind: EventKind;
      readonly name: string;
      /** `net` of `net:netif_receive_skb`. */
      readonly subsystem?: string;
    }
  | {
      readonly group: 'device';
      readonly kind: DeviceKind;
      /** The interface. */
      readonly name: string;
      readonly side: Side;
    };

/** Where at an interface: `ingress` and `egress` for tcx, `entry` and `exit` for xdp. */
export type Side = 'ingress' | 'egress' | 'entry' | 'exit';

type Kind = Pick<Target, 'group' | 'kind'>;

const kinds: Readonly<Record<string, Kind>> = {
  fentry: { group: 'function', kind: 'fentry' },
  fexit: { group: 'function', kind: 'fexit' },
  kprobe: { group: 'function', kind: 'kprobe' },
  kretprobe: { group: 'function', kind: 'kretprobe' },
  tracepoint: { group: 'event', kind: 'tracepoint' },
  tp: { group: 'event', kind: 'tracepoint' },
  raw_tp: { group: 'event', kind: 'raw_tp' },
  tp_btf: { group: 'event', kind: 'tp_btf' },
  tc: { group: 'device', kind: 'tcx' },
  tcx: { group: 'device', kind: 'tcx' },
  xdp: { group: 'device', kind: 'xdp' },
};

const sides: Readonly<Record<DeviceKind, readonly Side[]>> = {
  tcx: ['ingress', 'egress'],
  xdp: ['entry', 'exit'],
};

/** Kernel symbols have letters, digits and underscores; compilers add suffixes such as `.isra.0`. */
const namePattern = /^[A-Za-z_][A-Za-z0-9_.]*$/;
const globPattern = /^[A-Za-z0-9_.*?]+$/;
/** dev_valid_name(): no more than 15 bytes, and neither of these. */
const devicePattern = /^[^/:\s]{1,15}$/;

/** Whether a name stands for many functions. */
export function isGlob(name: string): boolean {
  return /[*?]/.test(name);
}

/** The parts of a target, which colons separate. */
export function parseTarget(place: Place, parts: readonly string[]): Outcome<Target> {
  const [first = '', second, third] = parts;
  if (second === undefined) return parseFunction(place, 'function', first, 0);
  const kind = Object.hasOwn(kinds, first) ? kinds[first] : undefined;
  if (kind === undefined && parts.length === 2 && !isMisspelt(first))
    return parseEvent(place, 'tracepoint', first, second, 0);
  if (kind === undefined) return unknownKind(place, first);
  if (parts.length > 3) {
    return mistake('hook-target', 'a hook has at most two colons', {
      place,
      help: 'write KIND:FUNCTION or KIND:SUBSYSTEM:EVENT',
    });
  }
  const offset = first.length + 1;
  if (kind.group === 'device') {
    return parseDevice(place, kind.kind as DeviceKind, second, third, offset);
  }
  if (kind.group === 'event') {
    if (third === undefined && kind.kind === 'tracepoint') {
      return mistake('hook-target', `tracepoint ${second} lacks its subsystem`, {
        place: part(place, offset, second.length),
        help: `write ${first}:SUBSYSTEM:EVENT, for instance ${first}:net:netif_receive_skb`,
      });
    }
    return third === undefined
      ? parseEvent(place, kind.kind as EventKind, undefined, second, offset)
      : parseEvent(place, kind.kind as EventKind, second, third, offset);
  }
  if (third !== undefined) {
    return mistake('hook-target', `${first} takes a function, and ${second}:${third} is an event`, {
      place: part(place, offset, second.length + 1 + third.length),
      help: `write ${first}:FUNCTION, or tracepoint:${second}:${third}`,
    });
  }
  return parseFunction(place, kind.kind as FunctionKind, second, offset);
}

function parseFunction(
  place: Place,
  kind: FunctionKind,
  name: string,
  offset: number,
): Outcome<Target> {
  const wrong = isGlob(name) ? checkGlob(place, name, offset) : checkName(place, name, offset);
  return wrong ?? success({ group: 'function', kind, name });
}

function parseEvent(
  place: Place,
  kind: EventKind,
  subsystem: string | undefined,
  name: string,
  offset: number,
): Outcome<Target> {
  if (subsystem === undefined) {
    return checkName(place, name, offset) ?? success({ group: 'event', kind, name });
  }
  return (
    checkName(place, subsystem, offset) ??
    checkName(place, name, offset + subsystem.length + 1) ??
    success({ group: 'event', kind, name, subsystem })
  );
}

function parseDevice(
  place: Place,
  kind: DeviceKind,
  name: string,
  side: string | undefined,
  offset: number,
): Outcome<Target> {
  if (!devicePattern.test(name)) {
    return mistake('hook-name', `${name === '' ? 'an empty word' : name} cannot be an interface`, {
      place: part(place, offset, name.length),
    });
  }
  const known = sides[kind];
  const found =
    side === undefined && kind === 'xdp' ? 'entry' : known.find((each) => each === side);
  if (found !== undefined) return success({ group: 'device', kind, name, side: found });
  return mistake('hook-target', `${kind} has no ${side ?? 'default side'}`, {
    place: part(place, offset, name.length + (side === undefined ? 0 : side.length + 1)),
    help: `write ${known.map((each) => `${kind}:${name}:${each}`).join(' or ')}`,
  });
}

/** Close to the name of a kind. The short ones do not count: `tcp` is a subsystem, and no `tp`. */
function isMisspelt(name: string): boolean {
  const long = Object.keys(kinds).filter((kind) => kind.length > 3);
  return nearest(name, long, 1).length > 0;
}

function unknownKind(place: Place, name: string): Outcome<Target> {
  const [suggestion] = nearest(name, Object.keys(kinds), 1);
  return mistake('hook-kind', `${name === '' ? 'an empty word' : name} is not a kind of hook`, {
    place: part(place, 0, name.length),
    help:
      suggestion === undefined
        ? `the kinds are ${Object.keys(kinds).join(', ')}`
        : `did you mean ${suggestion}?`,
  });
}

/** Undefined if a glob is well formed. */
export function checkGlob(place: Place, glob: string, offset: number) {
  if (globPattern.test(glob)) return undefined;
  return notAName(place, glob, offset, 'a glob has letters, digits, underscores, * and ?');
}

function checkName(place: Place, name: string, offset: number) {
  if (namePattern.test(name)) return undefined;
  return notAName(place, name, offset, 'a name has letters, digits and underscores');
}

function notAName(place: Place, name: string, offset: number, help: string) {
  return mistake(
    'hook-name',
    `${name === '' ? 'an empty word' : name} cannot be a name in the kernel`,
    { place: part(place, offset, name.length), help },
  );
}

/** A piece of a spec, counted from the spec's start. */
export function part(place: Place, offset: number, length: number): Place {
  const start = place.start + offset;
  return { ...place, start, end: start + Math.max(length, 1) };
}
