import { noCounters, sumCounters } from '../../../../runtime/bpf/counts.js';
import { recordFlags } from '../../../../runtime/events/flags.js';
import type { NetcapCounters } from '../../../../runtime/events/generated.js';
import { createPcapngFormat, type PcapngOptions } from '../../../../runtime/pcap/pcapng/pcapng.js';
import type { HookStatistics } from '../../../../runtime/pcap/pcapng/statistics.js';

/** An Ethernet frame of an IPv4 datagram to 10.0.0.2, port 9, with so many bytes of payload. */
export function frame(payloadBytes = 4): Uint8Array {
  return Buffer.concat([
    Buffer.from('020000000002020000000001' + '0800', 'hex'),
    datagram(payloadBytes),
  ]);
}

/** What is in `frame` behind the MAC header. */
export function datagram(payloadBytes = 4): Uint8Array {
  const bytes = Buffer.alloc(28 + payloadBytes, 0x61);
  Buffer.from('45000000000040004011000' + '00a0000010a000002', 'hex').copy(bytes);
  bytes.writeUInt16BE(bytes.length, 2);
  Buffer.from('04d2000900000000', 'hex').copy(bytes, 20);
  bytes.writeUInt16BE(8 + payloadBytes, 24);
  return bytes;
}

/** Flags of a record whose bytes begin with a MAC header. */
export const ethernet = { flags: recordFlags.ethernet };

export const beginNanoseconds = 1_800_000_000_000_000_000n;

const ofOne: NetcapCounters = {
  ...noCounters,
  seen: 9n,
  matched: 4n,
  ringFull: 1n,
  readFailed: 1n,
};
const ofThree: NetcapCounters = { ...noCounters, seen: 1n, matched: 1n, limited: 1n };
const silent: readonly NetcapCounters[] = [noCounters, noCounters];

/** Counters of two hooks, the first of which was passed on two CPUs of four. */
const sampleStatistics: readonly HookStatistics[] = [
  {
    total: sumCounters([ofOne, ofThree]),
    processors: [noCounters, ofOne, noCounters, ofThree],
    missed: { hook: 0, hooks: 1, runs: 4n },
  },
  {
    total: { ...noCounters, seen: 7n, matched: 3n },
    processors: silent,
    missed: { hook: 1, hooks: 2, runs: 6n },
  },
];

/** A format of two hooks, of which the second frees packets. */
export function sampleFormat(changes: Partial<PcapngOptions> = {}) {
  return createPcapngFormat({
    hooks: [
      { name: 'ip_rcv@1', description: 'fentry:ip_rcv', direction: 'inbound', frees: false },
      { name: 'kfree_skb@1', description: 'tp_btf:kfree_skb', direction: undefined, frees: true },
    ],
    filter: 'udp port 9',
    target: 'skb',
    snaplenBytes: 65535,
    wallClockOffset: beginNanoseconds,
    remark: (reason, location) => ({
      text: `reason ${reason} at ${location.toString(16)}`,
      location: `place+0x${location.toString(16)}`,
    }),
    statistics: () => sampleStatistics,
    now: () => beginNanoseconds + 9_000_000_001n,
    ...changes,
  });
}
