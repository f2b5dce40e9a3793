/** Hooks at all functions that a glob names and that take a packet. */
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { noArgument } from '../events/flags.js';
import { type ArgumentIndexes, chosenPacket, findArguments } from './arguments.js';
import type { Described } from './btf.js';
import { registerArguments } from './functions.js';
import type { Kernel } from './kernel.js';
import type { HookSpec } from './spec.js';
import { argumentWay, type LeftOut, type ManyWay, type ResolvedHook, type Way } from './ways.js';

type FunctionSpec = Extract<HookSpec, { group: 'function' }>;

/**
 * By kprobe.multi, or by a kprobe for each function where the kernel has none. Other kinds have to be asked for, as they
 * take a program for each function.
 */
export function resolveGlob(
  spec: FunctionSpec,
  kernel: Kernel,
  packetType: string,
): Outcome<ResolvedHook> {
  const matching = matchFunctions(spec, kernel, packetType);
  if (matching.length === 0) {
    return mistake('unknown-function', `no function ${spec.name} has a ${packetType}`, {
      place: spec.place,
      help:
        kernel.btf() === undefined
          ? "the kernel has no BTF, which tells functions' arguments"
          : 'netcap list prints those that have',
    });
  }
  const { functions, leftOut } = selectAttachable(matching, spec, kernel, packetType);
  if (functions.length === 0) {
    return mistake(
      'hook-glob',
      `none of the ${leftOut.length} functions ${spec.name} can be hooked`,
      {
        place: spec.place,
        help: `${leftOut[0]?.name} is ${leftOut[0]?.reason}`,
      },
    );
  }
  return success({ spec, ways: waysOf(spec, kernel, functions), notes: [], leftOut });
}

function waysOf(
  { kind, name: target }: FunctionSpec,
  kernel: Kernel,
  functions: readonly Way[],
): readonly ManyWay[] {
  const by = (way: ManyWay['kind']) => ({
    kind: way,
    target,
    functions: functions.map((each) => ({ ...each, kind: way })),
  });
  if (kind !== 'function' && kind !== 'kprobe') return [by(kind)];
  const addresses = hasCookies(kernel) ? {} : { addresses: kernel.symbols() };
  return [by('kprobe.multi'), { ...by('kprobe'), ...addresses }];
}

function matchFunctions(
  { name, exclusions = [] }: FunctionSpec,
  kernel: Kernel,
  packetType: string,
): readonly Described[] {
  const wanted = globPattern(name);
  const unwanted = exclusions.map(globPattern);
  const found = new Map<string, Described>();
  for (const each of kernel.functionsTaking(packetType)) {
    if (wanted.test(each.name) && !unwanted.some((pattern) => pattern.test(each.name))) {
      found.set(each.name, each);
    }
  }
  return [...found.values()];
}

function selectAttachable(
  matching: readonly Described[],
  spec: FunctionSpec,
  kernel: Kernel,
  packetType: string,
): { readonly functions: readonly Way[]; readonly leftOut: readonly LeftOut[] } {
  const traceable = kernel.traceable();
  const functions: Way[] = [];
  const leftOut: LeftOut[] = [];
  for (const { name, parameters } of matching) {
    const found = findArguments(parameters, packetType);
    const chosen =
      spec.argument === undefined ? found : chosenPacket(parameters, spec.argument - 1, packetType);
    if (chosen === undefined || chosen.packet === noArgument) {
      leftOut.push({ name, reason: `without a packet as argument ${spec.argument}` });
    } else if (chosen.packet >= registerArguments && seesRegistersOnly(spec)) {
      leftOut.push({ name, reason: `without its packet in a register` });
    } else if (traceable !== undefined && !traceable.has(name)) {
      leftOut.push({ name, reason: 'not traceable' });
    } else {
      const all = { ...found, ...chosen };
      functions.push(argumentWay('kprobe', name, seesRegistersOnly(spec) ? inRegisters(all) : all));
    }
  }
  return { functions, leftOut };
}

function seesRegistersOnly({ kind }: FunctionSpec): boolean {
  return kind !== 'fentry' && kind !== 'fexit';
}

function inRegisters(found: ArgumentIndexes): ArgumentIndexes {
  const visible = (index: number) => (index < registerArguments ? index : noArgument);
  return {
    ...found,
    payload: visible(found.payload),
    location: visible(found.location),
    reason: visible(found.reason),
  };
}

/** Whether a program can ask for a number that was given when it was attached: from 5.15 on. */
function hasCookies(kernel: Kernel): boolean {
  const helpers = kernel.btf()?.enumNames('bpf_func_id') ?? new Map<number, string>();
  return [...helpers.values()].includes('BPF_FUNC_get_attach_cookie');
}

/** `*` is any number of letters, `?` is one. */
export function globPattern(glob: string): RegExp {
  const pattern = glob.replace(/\./g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${pattern}$`);
}
