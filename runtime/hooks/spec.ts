/**
 * What the user writes after `--hook`:
 *
 *     HOOKS = SPEC[,SPEC...]
 *     SPEC  = [KIND:]TARGET[@ARG]
 *     KIND  = fentry | kprobe | tracepoint | tp | raw_tp | tp_btf
 *
 * TARGET is a function, or for the last four an event; `tracepoint` and `tp` want `subsystem:event`, the others take
 * it too. Without a kind, a name is a function and `subsystem:event` an event. ARG is the argument that carries the packet, counted from 1.
 */
import { collect, mistake, type Outcome, type Place, success } from '../../compiler/index.js';
import { nearest } from './nearest.js';

/** Kinds as the user may write them, without the synonym `tp`; `function` is a spec that names none. */
export type HookKind = 'function' | 'fentry' | 'kprobe' | 'tracepoint' | 'raw_tp' | 'tp_btf';

/** One hook in the user's words. */
export interface HookSpec {
  readonly kind: HookKind;
  /** Function or event. */
  readonly name: string;
  /** `net` of `net:netif_receive_skb`. */
  readonly subsystem?: string;
  /** The packet's argument, counted from 1. */
  readonly argument?: number;
  /** The spec's place among the hooks. */
  readonly place: Place;
}

const kinds: Readonly<Record<string, HookKind>> = {
  fentry: 'fentry',
  kprobe: 'kprobe',
  tracepoint: 'tracepoint',
  tp: 'tracepoint',
  raw_tp: 'raw_tp',
  tp_btf: 'tp_btf',
};

/** Kernel symbols have letters, digits and underscores; compilers add suffixes such as `.isra.0`. */
const namePattern = /^[A-Za-z_][A-Za-z0-9_.]*$/;

/** Arguments are passed in registers up to this one on no machine. */
const mostArguments = 12;

/** Parse a list of hooks. Spaces around a spec do not matter. */
export function parseHooks(text: string): Outcome<readonly HookSpec[]> {
  if (text.trim() === '') {
    return mistake('hook-missing', 'no hook is given', {
      help: 'name a kernel function or an event: --hook tp_btf:netif_receive_skb',
    });
  }
  return collect(splitSpecs(text).map(parseSpec));
}

function splitSpecs(text: string): readonly Place[] {
  let offset = 0;
  return text.split(',').map((part) => {
    const start = offset + part.length - part.trimStart().length;
    offset += part.length + 1;
    return { source: 'hooks', text, start, end: start + part.trim().length };
  });
}

function parseSpec(place: Place): Outcome<HookSpec> {
  const text = place.text.slice(place.start, place.end);
  if (text === '') {
    return mistake('hook-empty', 'a hook between commas is empty', { place });
  }
  const at = text.indexOf('@');
  const head = at < 0 ? text : text.slice(0, at);
  const argument = at < 0 ? success(undefined) : parseArgument(place, at + 1);
  if (!argument.ok) return argument;
  const target = parseTarget(place, head.split(':'));
  if (!target.ok) return target;
  const { value } = argument;
  return success({
    ...target.value,
    ...(value === undefined ? {} : { argument: value }),
    place,
  });
}

function parseArgument(place: Place, offset: number): Outcome<number> {
  const text = place.text.slice(place.start + offset, place.end);
  const number = Number(text);
  if (/^[0-9]+$/.test(text) && number >= 1 && number <= mostArguments) return success(number);
  return mistake('hook-argument', `argument ${text === '' ? '(nothing)' : text} is not a number`, {
    place: part(place, offset, text.length),
    help: `arguments count from 1 to ${mostArguments}: NAME@2 is the second`,
  });
}

type Target = Pick<HookSpec, 'kind' | 'name' | 'subsystem'>;

function parseTarget(place: Place, parts: readonly string[]): Outcome<Target> {
  const [first = '', second, third] = parts;
  if (second === undefined) return functionTarget(place, first);
  const kind = Object.hasOwn(kinds, first) ? kinds[first] : undefined;
  if (kind === undefined && parts.length === 2 && !isMisspelt(first))
    return eventTarget(place, first, second);
  if (kind === undefined) return unknownKind(place, first);
  if (parts.length > 3) {
    return mistake('hook-target', 'a hook has at most two colons', {
      place,
      help: 'write KIND:FUNCTION or KIND:SUBSYSTEM:EVENT',
    });
  }
  const isEvent = kind === 'tracepoint' || kind === 'raw_tp' || kind === 'tp_btf';
  if (third === undefined && kind === 'tracepoint') {
    return mistake('hook-target', `tracepoint ${second} lacks its subsystem`, {
      place: part(place, first.length + 1, second.length),
      help: `write ${first}:SUBSYSTEM:EVENT, for instance ${first}:net:netif_receive_skb`,
    });
  }
  if (third !== undefined && !isEvent) {
    return mistake('hook-target', `${kind} takes a function, and ${second}:${third} is an event`, {
      place: part(place, first.length + 1, second.length + 1 + third.length),
      help: `write ${kind}:FUNCTION, or tracepoint:${second}:${third}`,
    });
  }
  const name = third ?? second;
  const nameOffset = first.length + 1 + (third === undefined ? 0 : second.length + 1);
  const wrong =
    checkName(place, name, nameOffset) ??
    (third === undefined ? undefined : checkName(place, second, first.length + 1));
  if (wrong !== undefined) return wrong;
  return success({ kind, name, ...(third === undefined ? {} : { subsystem: second }) });
}

function functionTarget(place: Place, name: string): Outcome<Target> {
  return checkName(place, name, 0) ?? success({ kind: 'function', name });
}

function eventTarget(place: Place, subsystem: string, name: string): Outcome<Target> {
  return (
    checkName(place, subsystem, 0) ??
    checkName(place, name, subsystem.length + 1) ??
    success({ kind: 'tracepoint', name, subsystem })
  );
}

/** Close to the name of a kind. The short ones do not count: `tcp` is a subsystem, and no `tp`. */
function isMisspelt(name: string): boolean {
  const long = Object.keys(kinds).filter((kind) => kind.length > 2);
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

function checkName(place: Place, name: string, offset: number) {
  if (namePattern.test(name)) return undefined;
  return mistake(
    'hook-name',
    `${name === '' ? 'an empty word' : name} cannot be a name in the kernel`,
    {
      place: part(place, offset, name.length),
      help: 'a name has letters, digits and underscores',
    },
  );
}

function part(place: Place, offset: number, length: number): Place {
  const start = place.start + offset;
  return { ...place, start, end: start + Math.max(length, 1) };
}
