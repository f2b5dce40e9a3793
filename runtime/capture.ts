import { setTimeout as sleep, setImmediate as yieldToEvents } from 'node:timers/promises';
import {
  collect,
  type Manifest,
  mistake,
  type Outcome,
  readManifest,
  success,
} from '../compiler/for-runtime.js';
import { sumCounters } from './bpf/counts.js';
import { type AttachedHook, type Attachment, attachHooks, type HookSet } from './bpf/hook-set.js';
import { type Limits, mostSnaplenBytes } from './bpf/limits.js';
import type { MissedRuns } from './bpf/missed.js';
import type { RingBatch } from './bpf/ring-batch.js';
import { usualRings } from './bpf/rings.js';
import type { NetcapCounters } from './events/generated.js';
import { packetTypes } from './hooks/arguments.js';
import { runningKernel } from './hooks/kernel.js';
import { resolveHook } from './hooks/resolve.js';
import { parseHooks } from './hooks/spec.js';
import { findInterface } from './interfaces.js';
import { measureWallClockOffset } from './pcap/clock.js';
import { countSurplus } from './surplus.js';

const defaultRingBytes = 16 << 20;

/** Enough to make the cost of a system call vanish; little enough to stay in the processor's cache until it is written. */
const batchBytes = 1 << 18;

/**
 * While packets come, they are left to gather, because waking up costs more than a thousand packets that do not match:
 * for so short that nobody notices, and as long as there are many each time, for twice as long as before. Sooner if they
 * take up a part of the ring.
 */
const leastGatherMilliseconds = 15;
const mostGatherMilliseconds = 200;
const manyPackets = 32;
const gatherPart = 1 / 4;

/** Where none came, the next one wakes us. This only bounds what a wait can take. */
const idleMilliseconds = 1000;

/** Signals and timers have to get in between batches that follow each other. */
const busyMilliseconds = 5;

/** Enough for a program that was running while it was detached to finish its record. */
const graceMilliseconds = 10;

/** What to capture where. The limits are on packets that match: `count` ends the capture. */
export interface CaptureOptions extends Limits {
  /** The bytes of an object that netcapc built. */
  readonly object: Uint8Array;
  /** What messages call the object. Default `the object`. */
  readonly objectName?: string;
  /** `SPEC[,SPEC...]`, see hooks/spec.ts. */
  readonly hooks: string;
  /** Only packets of this interface of the network namespace that this process is in. */
  readonly interface?: string;
  /** Bytes of each packet to keep. Default `mostSnaplenBytes`. */
  readonly snaplenBytes?: number;
  /** Room for packets that wait, in each ring: a power of two and whole pages. Default 16 MiB. */
  readonly ringBytes?: number;
  /** Rings that CPUs share. Default one for eight CPUs. */
  readonly rings?: number;
}

/** What has happened so far; final once the iteration has ended. */
export interface CaptureSummary {
  /** Per place of `Capture.hooks`. */
  readonly hooks: readonly NetcapCounters[];
  /** The same, apart for each CPU that is possible. */
  readonly processors: readonly (readonly NetcapCounters[])[];
  readonly total: NetcapCounters;
  /** What the kernel left out by itself, for hooks or groups of them. */
  readonly missed: readonly MissedRuns[];
  /** Packets that the iteration gave out. */
  readonly delivered: number;
}

/**
 * A running capture. Iterate over it to get packets, a batch at a time; a batch is a copy and stays valid. The hooks
 * are detached when the iteration ends, in whatever way.
 */
export interface Capture extends AsyncIterable<RingBatch> {
  /** One for each place that packets come from; a record's `hook` is an index into it. */
  readonly hooks: readonly AttachedHook[];
  /** What became of each spec. */
  readonly attachments: readonly Attachment[];
  /** What the object takes for a packet: `skb` or `sock`. */
  readonly target: string;
  /** The text of the filter; empty if there is none. */
  readonly expression: string;
  /** Nanoseconds to add to a record's timestamp to get wall-clock time. */
  readonly wallClockOffset: bigint;
  /** Detach now. The iteration ends after what is in the ring. */
  stop(): void;
  summary(): CaptureSummary;
}

/**
 * Attach an object to hooks. Mistakes in what was given come back as data; what the system refuses is thrown as
 * BpfError.
 */
export function capture(options: CaptureOptions): Outcome<Capture> {
  const { object, objectName = 'the object', snaplenBytes = mostSnaplenBytes } = options;
  const manifest = readManifest(object, objectName);
  if (!manifest.ok) return manifest;
  const packetType = packetTypes[manifest.value.target];
  if (packetType === undefined) {
    return mistake('object-target', `${objectName} is for ${manifest.value.target}`, {
      help: `kernel hooks take objects for ${Object.keys(packetTypes).join(' and ')}`,
    });
  }
  const specs = parseHooks(options.hooks);
  if (!specs.ok) return specs;
  const kernel = runningKernel();
  const hooks = collect(specs.value.map((spec) => resolveHook(spec, kernel, packetType)));
  if (!hooks.ok) return hooks;
  const place = findInterface(options.interface);
  if (!place.ok) return place;
  const ringBytes = options.ringBytes ?? defaultRingBytes;
  const set = attachHooks(object, hooks.value, {
    snaplenBytes,
    interface: place.value,
    ringBytes,
    rings: options.rings ?? usualRings(),
    limits: options,
  });
  const count = options.count ?? Number.POSITIVE_INFINITY;
  return success(startCapture(set, manifest.value, { count, ringBytes }));
}

function startCapture(
  set: HookSet,
  { target, expression }: Manifest,
  { count, ringBytes }: { readonly count: number; readonly ringBytes: number },
): Capture {
  const wallClockOffset = measureWallClockOffset();
  let delivered = 0;
  let isStopping = false;
  let wake = () => {};
  let gatherMilliseconds = leastGatherMilliseconds;
  const wait = (taken: number): Promise<void> => {
    if (taken < manyPackets) gatherMilliseconds = leastGatherMilliseconds;
    if (taken === 0) return set.ring.wait(1, idleMilliseconds);
    const milliseconds = gatherMilliseconds;
    gatherMilliseconds = Math.min(2 * milliseconds, mostGatherMilliseconds);
    return set.ring.wait(ringBytes * gatherPart, milliseconds);
  };
  /** Until there is something to take, behind a batch of so many. */
  const rest = (taken: number) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      void wait(taken).then(resolve);
    });
  const surplus = countSurplus();
  let final: CaptureSummary | undefined;

  const summary = (): CaptureSummary => {
    if (final !== undefined) return final;
    const processors = surplus.addTo(set.counters());
    const hooks = processors.map(sumCounters);
    return { hooks, processors, total: sumCounters(hooks), missed: set.missed(), delivered };
  };
  const stop = () => {
    isStopping = true;
    set.detach();
    wake();
  };
  /** A batch, cut to what the count still allows. */
  const take = (): RingBatch | undefined => {
    const all = set.ring.take(batchBytes);
    if (all === undefined) return undefined;
    const batch = surplus.cut(all, count - delivered);
    delivered += batch.offsets.length;
    return batch;
  };
  async function* batches(): AsyncGenerator<RingBatch, void> {
    try {
      let turned = performance.now();
      while (!isStopping && delivered < count) {
        const batch = take();
        if (batch !== undefined && batch.offsets.length > 0) yield batch;
        if (batch === undefined || batch.bytes.length < batchBytes) {
          await rest(batch?.offsets.length ?? 0);
        } else if (performance.now() - turned > busyMilliseconds) {
          await yieldToEvents();
          turned = performance.now();
        }
      }
      stop();
      await sleep(graceMilliseconds);
      for (let batch = take(); batch !== undefined; batch = take()) {
        if (batch.offsets.length > 0) yield batch;
      }
    } finally {
      stop();
      final = summary();
      set.close();
    }
  }
  return {
    hooks: set.hooks,
    attachments: set.attachments,
    target,
    expression,
    wallClockOffset,
    stop,
    summary,
    [Symbol.asyncIterator]: batches,
  };
}
