/**
 * What the user writes after `--hook`:
 *
 *     HOOKS = SPEC[,SPEC...]
 *     SPEC  = [KIND:]TARGET[@ARG[@ARG2]] | !GLOB
 *     KIND  = fentry | fexit | kprobe | kretprobe | tracepoint | tp | raw_tp | tp_btf | tc | tcx | xdp
 *
 * TARGET is a function or, with `*` and `?` in it, a glob of functions; for `tracepoint` to `tp_btf` an event (the
 * first two want `subsystem:event`, the others take it too); for `tc` and `tcx` `interface:ingress` or `:egress`; for
 * `xdp` an interface, or `interface:exit` for what its XDP program made of packets. Without a kind, a name is a
 * function and `subsystem:event` an event. `!GLOB` takes functions out of all globs of the list.
 *
 * ARG is the argument that carries the packet, counted from 1; ARG2 is one for the object's own C code.
 */
import { collect, mistake, type Outcome, type Place, success } from '../../compiler/for-runtime.js';
import { checkGlob, isGlob, parseTarget, part, type Target } from './target.js';

/** One hook in the user's words. */
export type HookSpec = Target & {
  /** The packet's argument, counted from 1. */
  readonly argument?: number;
  /** The argument for C code that the user brought along, counted from 1. */
  readonly userArgument?: number;
  /** For a glob: functions that it is not to hold. */
  readonly exclusions?: readonly string[];
  /** The spec's place among the hooks. */
  readonly place: Place;
};

/** More than any function of the kernel has. */
const mostArguments = 12;

/** Parse a list of hooks. Spaces around a spec do not matter. */
export function parseHooks(text: string): Outcome<readonly HookSpec[]> {
  if (text.trim() === '') {
    return mistake('hook-missing', 'no hook is given', {
      help: 'name a kernel function or an event: --hook tp_btf:netif_receive_skb',
    });
  }
  const places = splitSpecs(text);
  const excluding = places.filter(isExclusion);
  const exclusions = collect(excluding.map(parseExclusion));
  const specs = collect(places.filter((place) => !isExclusion(place)).map(parseSpec));
  if (!specs.ok || !exclusions.ok) {
    return {
      ok: false,
      mistakes: [specs, exclusions].flatMap((each) => (each.ok ? [] : each.mistakes)),
    };
  }
  const [first] = excluding;
  if (first !== undefined && !specs.value.some(({ name }) => isGlob(name))) {
    return mistake('hook-exclusion', 'there is no glob to take functions out of', {
      place: first,
      help: "write one beside it: 'ip_*,!ip_rcv_core'",
    });
  }
  if (first === undefined) return specs;
  return success(
    specs.value.map((spec) =>
      isGlob(spec.name) ? { ...spec, exclusions: exclusions.value } : spec,
    ),
  );
}

function splitSpecs(text: string): readonly Place[] {
  let offset = 0;
  return text.split(',').map((each) => {
    const start = offset + each.length - each.trimStart().length;
    offset += each.length + 1;
    return { source: 'hooks', text, start, end: start + each.trim().length };
  });
}

function isExclusion(place: Place): boolean {
  return place.text[place.start] === '!';
}

function parseExclusion(place: Place): Outcome<string> {
  const name = place.text.slice(place.start + 1, place.end);
  return checkGlob(place, name, 1) ?? success(name);
}

function parseSpec(place: Place): Outcome<HookSpec> {
  const text = place.text.slice(place.start, place.end);
  if (text === '') {
    return mistake('hook-empty', 'a hook between commas is empty', { place });
  }
  const [head = '', first, second, ...more] = text.split('@');
  if (more.length > 0) {
    return mistake('hook-argument', 'a hook has at most two arguments', {
      place,
      help: 'NAME@2@3: the packet is the second, and the third is for C code of your own',
    });
  }
  const argument = parseArgument(place, head.length + 1, first);
  if (!argument.ok) return argument;
  const userArgument = parseArgument(place, head.length + 2 + (first?.length ?? 0), second);
  if (!userArgument.ok) return userArgument;
  const target = parseTarget(place, head.split(':'));
  if (!target.ok) return target;
  if (argument.value !== undefined && target.value.group === 'device') {
    return mistake('hook-argument', `${target.value.kind} has no arguments`, { place });
  }
  return success({
    ...target.value,
    ...(argument.value === undefined ? {} : { argument: argument.value }),
    ...(userArgument.value === undefined ? {} : { userArgument: userArgument.value }),
    place,
  });
}

function parseArgument(
  place: Place,
  offset: number,
  text: string | undefined,
): Outcome<number | undefined> {
  if (text === undefined) return success(undefined);
  const number = Number(text);
  if (/^[0-9]+$/.test(text) && number >= 1 && number <= mostArguments) return success(number);
  return mistake('hook-argument', `argument ${text === '' ? '(nothing)' : text} is not a number`, {
    place: part(place, offset, text.length),
    help: `arguments count from 1 to ${mostArguments}: NAME@2 is the second`,
  });
}
