/** What can be hooked: functions and events that carry a packet. */
import { noArgument, noOffset, packetKinds } from '../events/flags.js';
import { findArguments, findFields } from './arguments.js';
import type { ProbedKind } from './available-kinds.js';
import { registerArguments } from './functions.js';
import { globPattern } from './glob.js';
import type { Kernel, Placed } from './kernel.js';

/** A function or an event and how to get at its packets. */
export interface Hookable {
  readonly type: 'function' | 'event';
  /** As it is written in a hook: `ip_rcv`, `net:netif_receive_skb`. */
  readonly name: string;
  /** The kernel module that it is in. */
  readonly module?: string;
  /** Which argument is the packet, counted from 1. */
  readonly argument: number;
  /** What the packet is there: what the target says, or `xdp_buff`. */
  readonly packet: string;
  /** Kinds of hooks that can be attached here, the cheapest first. */
  readonly kinds: readonly ProbedKind[];
}

/** All functions and events whose names match. `available` are the kinds that this machine has. */
export function listHookables(
  kernel: Kernel,
  target: { readonly name: string; readonly packetType: string },
  glob: string,
  available: ReadonlySet<ProbedKind>,
): readonly Hookable[] {
  const pattern = globPattern(glob);
  const { packetType } = target;
  const types =
    packetType === 'struct sk_buff *' ? [packetType, 'struct xdp_buff *'] : [packetType];
  const functions = new Map(
    types.flatMap((type) => kernel.functionsTaking(type)).map((each) => [each.name, each]),
  );
  const describe = (each: Placed) => {
    const { packet, packetKind } = findArguments(each.parameters, packetType);
    return {
      ...(each.module === undefined ? {} : { module: each.module }),
      argument: packet + 1,
      packet: packetKind === packetKinds.xdp ? 'xdp_buff' : target.name,
    };
  };
  const subsystems = new Map(
    kernel.events().map((event) => {
      const [subsystem = '', name = ''] = event.split(':');
      return [name, subsystem] as const;
    }),
  );
  return [
    ...[...functions.values()]
      .filter(({ name }) => pattern.test(name))
      .map((each) => ({
        type: 'function' as const,
        name: each.name,
        ...describe(each),
        kinds: functionKinds(each, kernel, packetType).filter((kind) => available.has(kind)),
      })),
    ...kernel.eventsTaking(packetType).flatMap((each) => {
      const subsystem = subsystems.get(each.name);
      const name = subsystem === undefined ? each.name : `${subsystem}:${each.name}`;
      if (!pattern.test(each.name) && !pattern.test(name)) return [];
      const kinds = eventKinds(each, subsystem, kernel, packetType);
      return {
        type: 'event' as const,
        name: subsystem === undefined ? `tp_btf:${name}` : name,
        ...describe(each),
        kinds: kinds.filter((kind) => available.has(kind)),
      };
    }),
  ];
}

function functionKinds(
  { name, parameters }: Placed,
  kernel: Kernel,
  packetType: string,
): readonly ProbedKind[] {
  const { packet } = findArguments(parameters, packetType);
  const isInRegister = packet !== noArgument && packet < registerArguments;
  const isTraceable = kernel.traceable()?.has(name) ?? true;
  const kinds: ProbedKind[] = [];
  if (isTraceable) kinds.push('fentry', 'fexit');
  if (isTraceable && isInRegister) kinds.push('kprobe.multi');
  if (isInRegister && kernel.symbols().has(name)) kinds.push('kprobe', 'kretprobe');
  return kinds;
}

function eventKinds(
  { name }: Placed,
  subsystem: string | undefined,
  kernel: Kernel,
  packetType: string,
): readonly ProbedKind[] {
  const fields = subsystem === undefined ? undefined : kernel.eventFields(subsystem, name);
  const hasField = fields !== undefined && findFields(fields, packetType).packet !== noOffset;
  return hasField ? ['tp_btf', 'raw_tp', 'tracepoint'] : ['tp_btf', 'raw_tp'];
}
