import type { PacketClass } from '../packets.js';
import type { CandidateName } from './candidates.js';
import type { Dump } from './dump.js';
import { execute } from './interpret-ebpf.js';
import type { KernelPackets } from './packets.js';
import type { Place } from './time.js';

/** Per packet: eBPF instructions outside of helpers, and calls of helpers. */
export interface Executed {
  readonly instructions: number;
  readonly helperCalls: number;
}

/** The function that reaches the verdict, and what it is given. */
const entries: Readonly<
  Record<CandidateName, { readonly name: string; readonly argument: 'context' | 'skb' | 'packet' }>
> = {
  cast: { name: 'bench_once', argument: 'context' },
  window: { name: 'bench_once', argument: 'context' },
  'cast-kprobe': { name: 'bench_once', argument: 'context' },
  'window-kprobe': { name: 'bench_once', argument: 'context' },
  'probe-read': { name: 'bench_filter', argument: 'skb' },
  'window-copy': { name: 'bench_filter', argument: 'skb' },
  socket: { name: 'bench_filter', argument: 'packet' },
  'packet-socket': { name: 'bench_packet_socket', argument: 'packet' },
  'hand-written': { name: 'bench_filter', argument: 'skb' },
  'hand-written-kprobe': { name: 'bench_filter', argument: 'skb' },
};

/** Where the arguments of a tracepoint are for the interpreter. */
const contextAddress = 0x1000n;

/**
 * Interpret what the verifier made of a program over each class of packets; means. Throws where the interpreter's verdict
 * is not libpcap's.
 */
export function countExecuted(
  name: CandidateName,
  { instructions, functions, memories }: Dump,
  packets: KernelPackets,
  places: readonly Place[],
): Readonly<Record<PacketClass, Executed>> {
  const entry = functions.get(entries[name].name);
  if (entry === undefined) throw new Error(`${name}: no function ${entries[name].name}`);
  const run = (key: number, matches: boolean): Executed => {
    const packet = packets.memory(key);
    const context = {
      address: contextAddress,
      bytes: new Uint8Array(BigUint64Array.of(packet.skb).buffer),
    };
    const values = { context: contextAddress, skb: packet.skb, packet: packet.address };
    const known = [packet, context, ...memories];
    const done = execute(instructions, entry, values[entries[name].argument], known);
    if (((done.result & 0xffffffffn) !== 0n) !== matches)
      throw new Error(`${name}: the interpreter's verdict on packet ${key} is not the kernel's`);
    return done;
  };
  const classes = places.map(({ name: of, matches, first, end }) => {
    const keys = Array.from({ length: end - first }, (_, index) => first + index);
    return [of, mean(keys.map((key) => run(key, matches)))] as const;
  });
  return Object.fromEntries(classes) as Record<PacketClass, Executed>;
}

function mean(runs: readonly Executed[]): Executed {
  const average = (field: keyof Executed) =>
    runs.reduce((sum, run) => sum + run[field], 0) / Math.max(1, runs.length);
  return { instructions: average('instructions'), helperCalls: average('helperCalls') };
}
