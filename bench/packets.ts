import type { Packet } from '../compiler/ir/interpret.js';
import { excusePacket } from '../fuzz/deliberate.js';
import { makePackets } from '../fuzz/packets/make.js';
import { runProgram } from '../fuzz/program.js';
import { caseRandom } from '../fuzz/seed.js';
import type { Instruction } from '../test/oracle/stream.js';
import { ethernetPackets } from '../test/packets/packets.js';
import type { Libpcap } from './libpcap.js';

/** The classes of packets, in the order of tables. */
export const packetClasses = ['match', 'fail early', 'fail late'] as const;
export type PacketClass = (typeof packetClasses)[number];

/** Packets that a filter is measured on; each class counts the same. */
export type BenchPackets = Readonly<Record<PacketClass, readonly Packet[]>>;

const perClass = 16;
const madePerFilter = 1000;
const seed = 4;

/**
 * Packets of the tests and packets made for the filter, always the same: none of them truncated, none of which we have
 * another verdict on purpose, none of which libpcap's optimiser changes the verdict. Early and late is how many
 * instructions the reference, libpcap's unoptimised program, needs to refuse: that favours neither of the programs that
 * are compared.
 */
export async function benchPackets(
  libpcap: Libpcap,
  expression: string,
  unoptimised: readonly Instruction[],
): Promise<BenchPackets> {
  const made = makePackets(
    caseRandom(seed, 0, 'packets'),
    ...(['ethernet', expression, unoptimised, madePerFilter] as const),
  );
  const packets = [...commonPackets, ...made]
    .filter(({ bytes, wireLength }) => bytes.length === wireLength)
    .filter((packet) => excusePacket(expression, unoptimised, packet) === undefined)
    .map((packet) => ({ packet, steps: runProgram(unoptimised, { ...packet }).length }))
    .toSorted((one, other) => one.steps - other.steps)
    .map(({ packet: { bytes, wireLength } }) => ({ bytes, length: wireLength }));
  const verdicts = await libpcap.judge(expression, packets);
  const failing = packets.filter((_, index) => verdicts[index] === false);
  // A quarter of them each; half, where there are few.
  const count = Math.max(failing.length >> 2, Math.min(perClass, failing.length >> 1));
  return {
    match: spread(packets.filter((_, index) => verdicts[index] === true)),
    'fail early': spread(failing.slice(0, count)),
    'fail late': spread(failing.slice(failing.length - count)),
  };
}

/** Every so manyth of the tests' packets: frames of all the protocols there are. */
const commonPackets = ethernetPackets().filter((_, index) => index % 8 === 0);

/** Some of the packets, evenly from first to last. */
function spread(packets: readonly Packet[]): readonly Packet[] {
  if (packets.length <= perClass) return packets;
  const step = (packets.length - 1) / (perClass - 1);
  return Array.from({ length: perClass }, (_, index) => packets[Math.round(index * step)]).filter(
    (packet) => packet !== undefined,
  );
}
