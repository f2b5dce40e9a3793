import { type LoadedObject, loadObject } from '../../runtime/bpf/object.js';
import { createTestRun } from '../../runtime/bpf/test-run.js';
import type { Candidate } from './candidates.js';
import { type Dump, dumpProgram } from './dump.js';
import { type KernelPackets, packetsMap } from './packets.js';

/** A candidate in the kernel. */
export interface BenchProgram {
  /** Its verdict on a packet. */
  readonly matches: (key: number) => boolean;
  /** Nanoseconds for so many verdicts on the packets from `first` to before `end`, round and round. */
  readonly time: (first: number, end: number, verdicts: number) => number;
  readonly close: () => void;
}

/** Load a candidate. Throws BpfError. */
export function loadCandidate(candidate: Candidate, packets: KernelPackets): BenchProgram {
  const { programFd, close } = load(candidate, packets, 'bench_run');
  const run = createTestRun(programFd);
  const time = (first: number, end: number, verdicts: number) =>
    run(BigInt(first) | (BigInt(end) << 8n) | (BigInt(verdicts) << 32n));
  return { matches: (key) => time(key, key + 1, 1) === 1, time, close };
}

/** The program that reaches a candidate's verdict as the verifier left it. Throws BpfError, and where bpftool is missing. */
export function dumpCandidate(candidate: Candidate, packets: KernelPackets): Dump {
  const name = candidate.isInlined ? 'bench_once' : 'bench_run';
  const { programFd, close } = load(candidate, packets, name);
  try {
    return dumpProgram(programFd);
  } finally {
    close();
  }
}

function load({ object, knobs }: Candidate, packets: KernelPackets, program: string): LoadedObject {
  return loadObject(object, {
    program,
    maps: [{ name: packetsMap, reuseFd: packets.mapFd }],
    ...(knobs === undefined ? {} : { knobs }),
  });
}
