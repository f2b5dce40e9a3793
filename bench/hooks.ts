import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { probedKinds, whyNot } from '../runtime/hooks/available-kinds.js';
import { runningKernel } from '../runtime/hooks/kernel.js';
import { comparedMessages } from './flood/capture.js';
import { type FloodTimes, sendFlood } from './flood/floods.js';
import { type FloodPlace, inFloodPlace } from './flood/place.js';
import { type HeldHooks, holdHooks, holdPass } from './hooks/holder.js';
import { fewHooks, formatHooks, type HookCase, type HookRow } from './hooks/report.js';
import { summarise } from './measure.js';
import type { Section } from './section.js';

const rounds = 5;
/** Attaching takes longer than what it is for: a round has several floods, and the most hooks have one round. */
const floods = 3;
const packets = 100_000;
const frameBytes = 64;

const event = 'tracepoint:net:netif_receive_skb';
/** As many programs as the kernel has room for: BPF_TRACE_MAX_PROGS, and bpf_mprog_max(). */
const mostAtEvent = 64;
const mostAtInterface = 63;

/** One packet passes all of them. */
const cases: readonly HookCase[] = [
  ...[1, fewHooks].map((count) => ({ name: 'tracepoint:', kind: 'first', hook: event, count })),
  ...[1, fewHooks, 100].map((count) => ({ name: 'tp_btf:', kind: 'tp_btf', hook: event, count })),
  ...[1, fewHooks, 100].map((count) => ({ name: 'raw_tp:', kind: 'raw_tp', hook: event, count })),
  ...[1, fewHooks, mostAtEvent].map((count) => ({
    name: 'tracepoint: through perf',
    kind: 'tracepoint',
    hook: event,
    count,
  })),
  ...[1, fewHooks, mostAtInterface].map((count) => ({
    name: 'tcx: ingress',
    kind: 'tcx',
    hook: 'tcx:veth0:ingress',
    count,
  })),
  { name: 'xdp:', kind: 'xdp', hook: 'xdp:veth0', count: 1 },
  { name: 'an XDP program of nothing', kind: 'pass', hook: '', count: 1 },
];

interface Place extends FloodPlace {
  /** Where the program that does nothing is built. */
  readonly pass: string;
}

/** What a case showed in one round, and floods without any hook before and after it. */
interface Sample {
  readonly attachedAs: string;
  readonly alone: readonly FloodTimes[];
  readonly times: readonly FloodTimes[];
}

/** What hooks cost a packet that does not match. */
export async function measureHooks(folder: string): Promise<Section> {
  const missing = missingForHooks();
  if (missing !== undefined) return { figures: [], text: [`Left out: ${missing}.`] };
  const samples = await inFloodPlace(folder, (place) =>
    takeSamples({ ...place, pass: join(folder, 'pass.o') }),
  );
  const rows = summariseSamples(samples);
  return { figures: rows, text: [...formatHooks(rows), ...unavailable()] };
}

function missingForHooks(): string | undefined {
  if (process.getuid?.() !== 0) return 'attaching takes root';
  const tools = ['ip', 'nsenter', 'unshare'];
  const missing = tools.find((name) => spawnSync(name, ['-V']).error !== undefined);
  return missing && `${missing} is not installed`;
}

/** Rounds go through all cases, so that what changes meanwhile changes for all. */
async function takeSamples(place: Place): Promise<ReadonlyMap<HookCase, readonly Sample[]>> {
  const samples = new Map<HookCase, Sample[]>(cases.map((each) => [each, []]));
  await sendFloods(place);
  for (let round = 0; round < rounds; round++)
    for (const [each, taken] of samples)
      if (round === 0 || each.count <= fewHooks) taken.push(await takeSample(place, each));
  return samples;
}

async function takeSample(place: Place, each: HookCase): Promise<Sample> {
  const before = await sendFloods(place);
  const held = await hold(place, each);
  const times = await sendFloods(place).catch(async (cause: unknown) => {
    await held.release();
    throw cause;
  });
  const seen = await held.release();
  if (seen < packets * floods)
    throw new Error(`${each.name} saw ${seen} of ${packets * floods} packets`);
  return { attachedAs: held.kind, alone: [...before, ...(await sendFloods(place))], times };
}

function hold({ pair, object, pass }: Place, each: HookCase): Promise<HeldHooks> {
  return each.kind === 'pass' ? holdPass(pair, pass) : holdHooks(pair, object, each);
}

async function sendFloods({ sender, pair }: Place): Promise<readonly FloodTimes[]> {
  const times: FloodTimes[] = [];
  for (let id = 1; id <= floods; id++)
    times.push(
      await sendFlood(sender, pair, {
        ...{ id, frameBytes, packets, every: 0, rate: 0 },
        messages: comparedMessages,
      }),
    );
  return times;
}

/** Times become those of one speed of the processor, by the messages, which cost the same whatever is attached. */
function summariseSamples(samples: ReadonlyMap<HookCase, readonly Sample[]>): readonly HookRow[] {
  const all = [...samples.values()].flat();
  const usual = summarise(
    all.flatMap(({ times, alone }) => [...times, ...alone].map(({ comparing }) => comparing)),
  );
  const perPacket = ({ sending, comparing }: FloodTimes) =>
    ((sending / comparing) * usual.median) / packets;
  const median = (taken: readonly FloodTimes[]) => summarise(taken.map(perPacket)).median;
  const base = median(all.flatMap(({ alone }) => alone));
  return [...samples].map(([each, taken]) => ({
    ...each,
    attachedAs: taken[0]?.attachedAs ?? '',
    base,
    added: summarise(
      taken.flatMap(({ times, alone }) => times.map((one) => perPacket(one) - median(alone))),
    ),
  }));
}

/** Kinds that this machine does not have, and why. */
function unavailable(): readonly string[] {
  const kernel = runningKernel();
  return probedKinds.flatMap((kind) => {
    // What needs tracefs was given it.
    const reason = kind === 'tracepoint' ? undefined : whyNot(kind, kernel);
    return reason === undefined ? [] : [`${kind}: not measured, ${reason}.`];
  });
}
