import type { Packet } from '../../compiler/ir/interpret.js';
import { type ListKind, listFilter, listKinds, listPacket } from '../long-list.js';
import type { BenchPackets } from '../packets.js';
import { formatNumber, formatTable } from '../table.js';
import { buildReaders } from './candidates.js';
import { type Frame, type Measured, measureCandidates } from './measure.js';

/** What a list costs that has so many items. */
interface ListCost {
  readonly kind: ListKind;
  readonly length: number;
  readonly measured: Measured;
}

/** A list that people write by hand, and one that comes from elsewhere. */
const lengths = [10, 10_000] as const;
const packetsOfClass = 16;

/** ns per packet of short and long lists, for packets that are in them, are no TCP, and are in neither. */
export async function measureLists(frame: Frame): Promise<readonly ListCost[]> {
  const costs: ListCost[] = [];
  for (const kind of listKinds)
    for (const length of lengths) {
      const candidates = await buildReaders(listFilter(kind, length));
      const packets = packetsOf(kind, length);
      costs.push({ kind, length, measured: measureCandidates(frame, candidates, packets, false) });
    }
  return costs;
}

function packetsOf(kind: ListKind, length: number): BenchPackets {
  const spread = (from: number, to: number) =>
    Array.from({ length: packetsOfClass }, (_, index) =>
      listPacket(kind, from + Math.floor((index * (to - from)) / packetsOfClass)),
    );
  return {
    match: spread(0, length),
    'fail early': spread(0, length).map(asDatagram),
    // Behind the longest list, so that they are in neither.
    'fail late': spread(lengths[1], lengths[1] + 1000),
  };
}

function asDatagram({ bytes, length }: Packet): Packet {
  const copy = bytes.slice();
  copy[23] = 17;
  return { bytes: copy, length };
}

/** A row for each kind and reader. */
export function formatLists(costs: readonly ListCost[]): readonly string[] {
  const rows = listKinds.flatMap((kind) =>
    (['cast', 'window'] as const).map((reader) => {
      const [short, long] = lengths.map(
        (length) =>
          costs.find((cost) => cost.kind === kind && cost.length === length)?.measured.times[
            reader
          ],
      );
      const classes = (['match', 'fail late'] as const).flatMap((name) => {
        const [one, other] = [short?.[name].median ?? 0, long?.[name].median ?? 0];
        return [formatNumber(one), formatNumber(other), (other / one).toFixed(2)];
      });
      return [`${kind}, ${reader}`, ...classes];
    }),
  );
  const [short, long] = lengths.map((length) => length.toLocaleString('en'));
  return [
    'Lists: ns per packet that matches, and that is in no list.',
    '',
    ...formatTable(
      [
        'list',
        `${short}, match`,
        `${long}, match`,
        'ratio',
        `${short}, fail`,
        `${long}, fail`,
        'ratio',
      ],
      rows,
    ),
  ];
}
