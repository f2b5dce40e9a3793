import { packetClasses } from '../packets.js';
import { formatFigure, formatNumber, formatTable, geometricMean } from '../table.js';
import { type CandidateName, candidateNames } from './candidates.js';
import type { Measured } from './measure.js';
import type { Times } from './time.js';

/** What was measured of a filter; candidates that there are not are absent. */
export interface KernelRow extends Measured {
  readonly id: string;
}

const heads: Readonly<Record<CandidateName, string>> = {
  cast: 'cast',
  window: 'window',
  'cast-kprobe': 'cast, kprobe',
  'window-kprobe': 'window, kprobe',
  'probe-read': '(a) probe-read',
  'window-copy': '(b) window copy',
  socket: '(c) socket',
  'packet-socket': '(c) packet socket',
  'hand-written': '(d) by hand',
  'hand-written-kprobe': '(d) kprobe',
};

/** Ratios of costs that have a target, and what they should be: at least or at most. */
const comparisons = [
  { above: 'probe-read', below: 'cast', atLeast: 15, of: 'mean' },
  { above: 'probe-read', below: 'window', atLeast: 3, of: 'mean' },
  { above: 'cast', below: 'socket', atMost: 1, of: 'each' },
  { above: 'cast', below: 'packet-socket', atMost: 1, of: 'each' },
  { above: 'cast', below: 'hand-written', atMost: 1.3, of: 'each' },
  { above: 'window', below: 'socket', atMost: 3, of: 'each' },
  { above: 'window', below: 'packet-socket', atMost: 3, of: 'each' },
  { above: 'cast', below: 'probe-read', atMost: 1, of: 'each' },
  { above: 'window', below: 'probe-read', atMost: 1, of: 'each' },
  { above: 'probe-read', below: 'cast-kprobe', atLeast: 15, of: 'mean' },
  { above: 'probe-read', below: 'window-kprobe', atLeast: 3, of: 'mean' },
  { above: 'cast-kprobe', below: 'socket', atMost: 1, of: 'each' },
  { above: 'cast-kprobe', below: 'hand-written-kprobe', atMost: 1.3, of: 'each' },
  { above: 'window-kprobe', below: 'probe-read', atMost: 1, of: 'each' },
] as const;

/** The tables; `starts` is what is spent where the filter accepts everything. */
export function formatKernel(rows: readonly KernelRow[], starts: KernelRow): readonly string[] {
  const names = candidateNames.map((name) => heads[name]);
  return [
    'ns per packet: match / fail early / fail late.',
    '',
    ...formatTable(
      ['filter', ...names],
      rows.map((row) => [row.id, ...candidateNames.map((name) => formatClasses(row.times[name]))]),
    ),
    '',
    'ns per packet, the mean of the three classes. The last row is a filter that accepts everything: what it costs to find the packet.',
    '',
    ...formatTable(
      ['filter', ...names],
      [...rows, starts].map((row) => [
        row.id,
        ...candidateNames.map((name) => {
          const time = row.times[name];
          return time === undefined ? '-' : formatFigure(time.mean);
        }),
      ]),
    ),
    '',
    ...formatTable(
      ['ratio of these', 'geometric mean', 'least', 'most', 'aim', 'reached', 'not by'],
      comparisons.map((comparison) => compare(rows, comparison)),
    ),
    '',
    'eBPF instructions executed per packet, and calls of helpers behind +: match / fail early / fail late.',
    '',
    ...formatTable(
      ['filter', ...names],
      [...rows, starts].map((row) => [
        row.id,
        ...candidateNames.map((name) => formatExecuted(row.executed[name])),
      ]),
    ),
  ];
}

function formatClasses(times: Times | undefined): string {
  if (times === undefined) return '-';
  return packetClasses.map((name) => formatNumber(times[name].median)).join(' / ');
}

function formatExecuted(executed: Measured['executed'][CandidateName]): string {
  if (executed === undefined) return '-';
  const cells = packetClasses.map((name) => {
    const { instructions, helperCalls } = executed[name];
    return `${instructions.toFixed(0)}${helperCalls === 0 ? '' : `+${helperCalls.toFixed(1)}`}`;
  });
  return cells.join(' / ');
}

/** How many times the cost of `below` is that of `above`, all classes together; undefined where one was not measured. */
export function ratioOf(
  { times }: KernelRow,
  above: CandidateName,
  below: CandidateName,
): number | undefined {
  const [one, other] = [times[above]?.mean.median, times[below]?.mean.median];
  return one === undefined || other === undefined ? undefined : one / other;
}

function compare(
  rows: readonly KernelRow[],
  comparison: (typeof comparisons)[number],
): readonly string[] {
  const { above, below } = comparison;
  const ratios = rows.flatMap((row) => {
    const ratio = ratioOf(row, above, below);
    return ratio === undefined ? [] : [{ id: row.id, ratio }];
  });
  const mean = geometricMean(ratios.map(({ ratio }) => ratio));
  const numbers = ratios.map(({ ratio }) => ratio);
  const reaches = (ratio: number) =>
    'atLeast' in comparison ? ratio >= comparison.atLeast : ratio <= comparison.atMost;
  const failing = ratios.filter(({ ratio }) => !reaches(ratio)).map(({ id }) => id);
  const isReached = comparison.of === 'mean' ? reaches(mean) : failing.length === 0;
  return [
    `${heads[above]} to ${heads[below]}`,
    mean.toFixed(2),
    Math.min(...numbers).toFixed(2),
    Math.max(...numbers).toFixed(2),
    'atLeast' in comparison
      ? `mean at least ${comparison.atLeast}`
      : `each at most ${comparison.atMost}`,
    isReached ? 'yes' : 'no',
    comparison.of === 'mean' ? '' : `${failing.length} of ${ratios.length}`,
  ];
}
