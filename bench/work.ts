import { analyse } from '../compiler/index.js';
import type * as Ir from '../compiler/ir/nodes.js';
import { type BenchFilter, benchFilters } from './filters.js';
import { type Libpcap, openLibpcap } from './libpcap.js';
import { benchPackets, type PacketClass, packetClasses } from './packets.js';
import type { Section } from './section.js';
import { formatTable, geometricMean } from './table.js';
import { countOurs, countTheirs, total, type Work } from './work-count.js';

/** Work for one class of packets, per packet. */
interface ClassWork {
  readonly packets: number;
  readonly ours: Work;
  readonly theirs: Work;
}

/** One filter's row; ratios are ours to libpcap's. */
interface FilterWork {
  readonly id: string;
  readonly classes: Readonly<Record<PacketClass, ClassWork>>;
  readonly ratio: number;
  /** The same without the checks of bounds on either side. */
  readonly plainRatio: number;
  /** The same with our checks of bounds and without libpcap's, which are inside of its loads. */
  readonly strictRatio: number;
  /** The ratio of the packet that is worst for us. */
  readonly worstPacket: number;
}

/** Executed work per packet: loads and tests of our IR against those of libpcap's optimised program. */
export async function measureWork(): Promise<Section> {
  const libpcap = openLibpcap();
  try {
    const rows: FilterWork[] = [];
    for (const filter of benchFilters()) rows.push(await compareWork(libpcap, filter));
    const means = {
      ratio: geometricMean(rows.map(({ ratio }) => ratio)),
      plainRatio: geometricMean(rows.map(({ plainRatio }) => plainRatio)),
      strictRatio: geometricMean(rows.map(({ strictRatio }) => strictRatio)),
    };
    const above = rows.filter(({ ratio }) => ratio > 1).map(({ id }) => id);
    return {
      figures: { rows, geometricMeans: means, above },
      text: [
        'Executed per packet: loads+tests+checks of bounds, ours beside the program that libpcap optimised.',
        '',
        ...formatRows(rows),
        '',
        `Geometric mean: ratio ${means.ratio.toFixed(2)}, plain ${means.plainRatio.toFixed(2)}, strict ${means.strictRatio.toFixed(2)}.`,
        above.length === 0 ? 'None is above 1.' : `Above 1: ${above.join(', ')}.`,
      ],
    };
  } finally {
    await libpcap.close();
  }
}

async function compareWork(libpcap: Libpcap, { id, expression }: BenchFilter): Promise<FilterWork> {
  const program = compileForEthernet(expression);
  const { unoptimised, optimised } = await libpcap.compile(expression);
  const packets = await benchPackets(libpcap, expression, unoptimised);
  let worstPacket = 0;
  const compareClass = (name: PacketClass): ClassWork => {
    const pairs = packets[name].map((packet) => {
      const ours = countOurs(program, packet);
      const theirs = countTheirs(optimised, packet);
      if (ours.matches !== (name === 'match'))
        throw new Error(`${id}: our verdict is not libpcap's`);
      return { ours, theirs };
    });
    for (const { ours, theirs } of pairs)
      worstPacket = Math.max(worstPacket, total(ours) / total(theirs));
    return {
      packets: pairs.length,
      ours: mean(pairs.map(({ ours }) => ours)),
      theirs: mean(pairs.map(({ theirs }) => theirs)),
    };
  };
  const classes = {
    match: compareClass('match'),
    'fail early': compareClass('fail early'),
    'fail late': compareClass('fail late'),
  };
  const sum = (measure: (each: ClassWork) => number) =>
    packetClasses.reduce((all, name) => all + measure(classes[name]), 0);
  const ours = sum((each) => total(each.ours));
  const ratio = ours / sum(({ theirs }) => total(theirs));
  const plain = ({ loads, tests }: Work) => loads + tests;
  const theirPlain = sum(({ theirs }) => plain(theirs));
  const plainRatio = sum((each) => plain(each.ours)) / theirPlain;
  return { id, classes, ratio, plainRatio, strictRatio: ours / theirPlain, worstPacket };
}

function compileForEthernet(expression: string): Ir.Program {
  const { ir, diagnostics } = analyse(expression, { link: 'ethernet' });
  const program = ir?.[0];
  if (program === undefined) throw new Error(`${expression}: ${diagnostics[0]?.message}`);
  return program;
}

function mean(works: readonly Work[]): Work {
  const average = (field: keyof Work) =>
    works.reduce((sum, work) => sum + work[field], 0) / Math.max(1, works.length);
  return { loads: average('loads'), tests: average('tests'), bounds: average('bounds') };
}

function formatRows(rows: readonly FilterWork[]): readonly string[] {
  const cell = ({ loads, tests, bounds }: Work) =>
    [loads, tests, bounds].map((count) => count.toFixed(1)).join('+');
  return formatTable(
    [
      'filter',
      ...packetClasses.flatMap((name) => [name, 'libpcap']),
      'ratio',
      'plain',
      'strict',
      'worst packet',
    ],
    rows.map(({ id, classes, ratio, plainRatio, strictRatio, worstPacket }) => [
      id,
      ...packetClasses.flatMap((name) => [cell(classes[name].ours), cell(classes[name].theirs)]),
      ratio.toFixed(2),
      plainRatio.toFixed(2),
      strictRatio.toFixed(2),
      worstPacket.toFixed(2),
    ]),
  );
}
