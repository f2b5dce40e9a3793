import { type BenchPackets, type PacketClass, packetClasses } from '../packets.js';
import {
  type Candidate,
  type CandidateName,
  type Candidates,
  candidateNames,
  type Empties,
} from './candidates.js';
import { countExecuted, type Executed } from './executed.js';
import { putPackets } from './packets.js';
import { type BenchProgram, dumpCandidate, loadCandidate } from './program.js';
import { type Place, placeClasses, type Timed, type Times, timePrograms } from './time.js';

/** What candidates did in the kernel. */
export interface Measured {
  readonly times: Readonly<Partial<Record<CandidateName, Times>>>;
  readonly executed: Readonly<
    Partial<Record<CandidateName, Readonly<Record<PacketClass, Executed>>>>
  >;
}

/** What every measurement needs. */
export interface Frame {
  /** The object that makes skbs. */
  readonly prepare: Uint8Array;
  readonly empties: Empties;
}

/**
 * Load candidates, and time and count them on packets. `acceptsAll`: they are not for these packets and accept each of
 * them. Throws where a verdict is another, and BpfError.
 */
export function measureCandidates(
  { prepare, empties }: Frame,
  candidates: Candidates,
  packets: BenchPackets,
  acceptsAll: boolean,
): Measured {
  const places = placeClasses(packets, (name) => acceptsAll || name === 'match');
  const inKernel = putPackets(
    prepare,
    packetClasses.flatMap((name) => packets[name]),
  );
  const opened: { close(): void }[] = [inKernel];
  const load = (candidate: Candidate) => {
    const program = loadCandidate(candidate, inKernel);
    opened.push(program);
    return program;
  };
  try {
    const [inlined, called] = [load(empties.inlined), load(empties.called)];
    const timed = new Map<CandidateName, Timed>();
    const executed: [CandidateName, Readonly<Record<PacketClass, Executed>>][] = [];
    for (const name of candidateNames) {
      const candidate = candidates[name];
      if (candidate === undefined) continue;
      const program = load(candidate);
      expectVerdicts(name, program, places);
      timed.set(name, { program, empty: candidate.isInlined ? inlined : called });
      const dump = dumpCandidate(candidate, inKernel);
      executed.push([name, countExecuted(name, dump, inKernel, places)]);
    }
    const times = timePrograms(timed, places);
    return { times: Object.fromEntries(times), executed: Object.fromEntries(executed) };
  } finally {
    for (const each of opened) each.close();
  }
}

function expectVerdicts(name: string, program: BenchProgram, places: readonly Place[]): void {
  for (const { name: of, matches, first, end } of places)
    for (let key = first; key < end; key++)
      if (program.matches(key) !== matches)
        throw new Error(`${name}: wrong verdict on packet ${key - first} of class ${of}`);
}
