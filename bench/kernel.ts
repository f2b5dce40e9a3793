import { type BenchFilter, benchFilters } from './filters.js';
import { buildCandidates, buildEmpties, buildPrepare, buildStarts } from './kernel/candidates.js';
import { canReachVerdict } from './kernel/classic-c.js';
import { formatLists, measureLists } from './kernel/lists.js';
import { type Frame, measureCandidates } from './kernel/measure.js';
import { formatKernel, type KernelRow } from './kernel/report.js';
import { type Libpcap, type LibpcapPrograms, openLibpcap } from './libpcap.js';
import { type BenchPackets, benchPackets, type PacketClass } from './packets.js';
import type { Section } from './section.js';

/** ns and instructions per packet in the running kernel: our readers, and other ways to filter. */
export async function measureKernel(): Promise<Section> {
  if (process.getuid?.() !== 0) return { figures: [], text: ['Left out: loading needs root.'] };
  const libpcap = openLibpcap();
  try {
    const frame = { prepare: await buildPrepare(), empties: await buildEmpties() };
    const rows: KernelRow[] = [];
    for (const filter of benchFilters()) rows.push(await measureFilter(frame, libpcap, filter));
    const starts = await measureStarts(frame, libpcap);
    const lists = await measureLists(frame);
    return {
      figures: { rows, starts, lists },
      text: [...formatKernel(rows, starts), '', ...formatLists(lists)],
    };
  } finally {
    await libpcap.close();
  }
}

async function measureFilter(
  frame: Frame,
  libpcap: Libpcap,
  filter: BenchFilter,
): Promise<KernelRow> {
  const programs = await libpcap.compile(filter.expression);
  const packets = await choosePackets(libpcap, filter.expression, programs);
  const candidates = await buildCandidates(filter, programs);
  return { id: filter.id, ...measureCandidates(frame, candidates, packets, false) };
}

/** What it costs to find a packet: filters that accept everything. */
async function measureStarts(frame: Frame, libpcap: Libpcap): Promise<KernelRow> {
  const packets = await choosePackets(libpcap, 'ip', await libpcap.compile('ip'));
  return { id: '(none)', ...measureCandidates(frame, await buildStarts(), packets, true) };
}

/** The packets of the work section, but for those with chains that are too long for one of the candidates. */
async function choosePackets(
  libpcap: Libpcap,
  expression: string,
  { unoptimised, optimised }: LibpcapPrograms,
): Promise<BenchPackets> {
  const packets = await benchPackets(libpcap, expression, unoptimised);
  const choose = (name: PacketClass) =>
    packets[name].filter((packet) => canReachVerdict(optimised, packet));
  return {
    match: choose('match'),
    'fail early': choose('fail early'),
    'fail late': choose('fail late'),
  };
}
