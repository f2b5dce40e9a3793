/** Hooks at a network interface, whose programs get the packet itself. */
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { packetKinds } from '../events/flags.js';
import { findInterface } from '../interfaces.js';
import type { Kernel } from './kernel.js';
import type { HookSpec } from './spec.js';
import { noArguments, noFields, type ResolvedHook, type Way } from './ways.js';

type DeviceSpec = Extract<HookSpec, { group: 'device' }>;

/** The interface is looked up in the network namespace of this process. */
export function resolveDevice(
  spec: DeviceSpec,
  kernel: Kernel,
  packetType: string,
): Outcome<ResolvedHook> {
  const { kind, name, side, place } = spec;
  if (packetType !== 'struct sk_buff *') {
    return mistake('hook-packet', `packets at ${kind} are no ${packetType}`, {
      place,
      help: 'build the object for target skb',
    });
  }
  const found = findInterface(name);
  if (!found.ok) {
    return { ok: false, mistakes: found.mistakes.map((each) => ({ ...each, place })) };
  }
  const at = {
    target: kind === 'xdp' ? name : `${name}:${side}`,
    fields: noFields,
    interfaceIndex: found.value.index,
  };
  if (kind === 'tcx') return single(spec, [{ ...at, kind, arguments: noArguments }]);
  // The program's first argument, to those that look at it from outside.
  const first = { ...noArguments, packet: 0, packetKind: packetKinds.xdp };
  if (side === 'exit') return single(spec, [{ ...at, kind: 'xdp.fexit', arguments: first }]);
  // The enum came with the feature, 5.18.
  const takesFragments = (kernel.btf()?.enumNames('xdp_buff_flags').size ?? 0) > 0;
  return single(spec, [
    { ...at, kind, arguments: first, takesFragments },
    { ...at, kind: 'xdp.fentry', arguments: first },
  ]);
}

function single(spec: HookSpec, ways: readonly Way[]): Outcome<ResolvedHook> {
  return success({ spec, ways, notes: [], leftOut: [] });
}
