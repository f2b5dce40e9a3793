/** What the kernel's verifier makes of the programs of an object, each loaded by itself and let go again. */

import { isBpfError } from '../bpf/error.js';
import { idleKnobs } from '../bpf/knobs.js';
import { limitKnobs, mostSnaplenBytes } from '../bpf/limits.js';
import { loadObject, programNames, ringMap } from '../bpf/object.js';
import { packetKinds } from '../events/flags.js';

/** What a program cost the verifier, or why it was not accepted. */
export type Verification =
  | {
      readonly program: string;
      readonly accepted: true;
      /** Instructions it went through on all paths together; it gives up at 1,000,000. */
      readonly instructions: number;
      /** States of registers and stack that it made, and the most that it kept at a time. */
      readonly states: number;
      readonly peakStates: number;
    }
  | { readonly program: string; readonly accepted: false; readonly reason: string };

/** The programs that know the type of their packets. */
const typedPrograms: ReadonlySet<string> = new Set(['netcap_tracing']);
/** Where most tracepoints have their first field: behind the fields common to all. */
const firstField = 8;
/** Nothing is written into the ring, and the smallest is a page. */
const ringBytes = 65536;

/**
 * Load each program that is wanted as for a hook whose first argument is the packet. `isWindowForced` as for matching. Throws
 * BpfError where the object cannot be opened.
 */
export function verifyObject(
  bytes: Uint8Array,
  isWindowForced: boolean,
  isWanted: (program: string) => boolean = () => true,
): readonly Verification[] {
  return programNames(bytes)
    .filter(isWanted)
    .map((program) => verifyProgram(bytes, program, isWindowForced));
}

function verifyProgram(bytes: Uint8Array, program: string, isWindowForced: boolean): Verification {
  try {
    const loaded = loadObject(bytes, {
      program,
      knobs: {
        ...idleKnobs(isWindowForced, typedPrograms.has(program) ? packetKinds.typed : undefined),
        snaplen: mostSnaplenBytes,
        // Everything that may be asked for: without, there is less to verify.
        ...limitKnobs({ count: 1, sample: 2, maxRate: 1 }),
        packetOffset: firstField,
      },
      maps: [{ name: ringMap, maxEntries: ringBytes }],
      wantsStatistics: true,
    });
    loaded.close();
    return { program, accepted: true, ...readStatistics(loaded.verifierLog) };
  } catch (cause) {
    if (!isBpfError(cause)) throw cause;
    return { program, accepted: false, reason: cause.reason };
  }
}

/** The verifier's last line (print_verification_stats). */
export function readStatistics(log: string): {
  readonly instructions: number;
  readonly states: number;
  readonly peakStates: number;
} {
  const pattern = /processed (\d+) insns .*total_states (\d+) peak_states (\d+)/;
  const match = pattern.exec(log.slice(log.lastIndexOf('processed ')));
  if (match === null) throw new Error('the verifier wrote no statistics');
  const [instructions = 0, states = 0, peakStates = 0] = match.slice(1).map(Number);
  return { instructions, states, peakStates };
}
