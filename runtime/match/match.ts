/** Runs objects over packets in the kernel: the program netcap_match reaches the verdict that a hook would. */

import {
  collect,
  mistake,
  type Outcome,
  readManifest,
  success,
} from '../../compiler/for-runtime.js';
import { isBpfError } from '../bpf/error.js';
import { idleKnobs } from '../bpf/knobs.js';
import { loadObject, ringMap } from '../bpf/object.js';
import { createPacketMap, type PacketMap, packetsMap } from '../bpf/packet-map.js';
import { createTestRun } from '../bpf/test-run.js';
import { packetKinds } from '../events/flags.js';
import { netcapInputSize } from '../events/generated.js';
import type { LaidOutPacket, LayoutOptions, MatchPacket } from './layout.js';
import { layouts } from './layouts.js';

/** How the programs are run. */
export interface MatchOptions extends LayoutOptions {
  /** Read packets as every kernel does, whatever this one could do better. */
  readonly isWindowForced: boolean;
  /** Target skb: the verifier knows packets for what they are, as at hooks that have types for their arguments. */
  readonly isTyped: boolean;
}

/** The verdicts of objects over a list of packets. */
export interface Matcher {
  /** Whether each packet matches. The verifier's refusal is a mistake here: one object's, not the system's. */
  match(object: Uint8Array, name: string): Outcome<readonly boolean[]>;
  close(): void;
}

/** The packets of one target, laid out and in the kernel. */
interface Prepared {
  readonly packets: readonly LaidOutPacket[];
  readonly map: PacketMap | undefined;
}

/** netcap_match writes no records, and the smallest ring is a page. */
const ringBytes = 65536;

/** Prepare packets to run objects over. */
export function createMatcher(packets: readonly MatchPacket[], options: MatchOptions): Matcher {
  const prepared = new Map<string, Outcome<Prepared>>();
  const prepare = (target: string): Outcome<Prepared> => {
    const known = prepared.get(target);
    if (known !== undefined) return known;
    const made = layOut(packets, target, options);
    prepared.set(target, made);
    return made;
  };
  return {
    match: (object, name) => {
      const manifest = readManifest(object, name);
      if (!manifest.ok) return manifest;
      const input = prepare(manifest.value.target);
      if (!input.ok) return input;
      try {
        return success(runObject(object, input.value, options));
      } catch (cause) {
        if (!isBpfError(cause)) throw cause;
        return mistake('object-refused', cause.message, {
          ...(cause.help && { help: cause.help }),
        });
      }
    },
    close: () => {
      for (const each of prepared.values()) if (each.ok) each.value.map?.close();
    },
  };
}

function layOut(
  packets: readonly MatchPacket[],
  target: string,
  options: MatchOptions,
): Outcome<Prepared> {
  const layout = layouts[target];
  if (layout === undefined) {
    return mistake('object-target', `objects for ${target} cannot be run over a capture file yet`);
  }
  const laidOut = collect(packets.map((packet, key) => layout(packet, key, options)));
  if (!laidOut.ok) return laidOut;
  const hasInputs = laidOut.value.some(({ input }) => input !== undefined);
  const map = hasInputs ? createPacketMap(packets.length) : undefined;
  fill(map, laidOut.value);
  return success({ packets: laidOut.value, map });
}

function fill(map: PacketMap | undefined, packets: readonly LaidOutPacket[]): void {
  for (const [key, { input }] of packets.entries()) if (input !== undefined) map?.put(key, input);
}

function runObject(
  object: Uint8Array,
  { packets, map }: Prepared,
  options: MatchOptions,
): readonly boolean[] {
  // The program takes the tag out of the packet, and the one before this may have done so already.
  if (options.isVlanInMetadata) fill(map, packets);
  const loaded = loadObject(object, {
    program: 'netcap_match',
    knobs: idleKnobs(
      options.isWindowForced,
      options.isTyped ? packetKinds.typed : packetKinds.target,
    ),
    maps: [
      { name: ringMap, maxEntries: ringBytes },
      ...(map === undefined
        ? []
        : [{ name: packetsMap, reuseFd: map.fd, valueBytes: netcapInputSize }]),
    ],
  });
  try {
    const run = createTestRun(loaded.programFd);
    return packets.map(({ argument }) => run(argument) === 1);
  } finally {
    loaded.close();
  }
}
