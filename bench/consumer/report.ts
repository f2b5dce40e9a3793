import type { Figure } from '../measure.js';
import { formatFigure, formatTable } from '../table.js';

/** What a tool showed, in nanoseconds per packet. */
export interface ConsumerRow {
  readonly name: string;
  readonly packets?: number;
  readonly lost?: number;
  /** From the moment at which it went on. */
  readonly wall?: Figure;
  /** Its own processor time. */
  readonly process: Figure;
  /** Its memory after the first round and after the last. */
  readonly residentBytes?: readonly [number, number];
}

/** The table, and what it has to show. */
export function formatConsumers(rows: readonly ConsumerRow[]): readonly string[] {
  return [
    'Nanoseconds per packet of 128 bytes, on one processor; memory in MB.',
    '',
    ...formatTable(
      ['tool', 'packets', 'lost', "tool's own time", 'until in the file', 'memory, first and last'],
      rows.map((row) => [
        row.name,
        String(row.packets ?? ''),
        String(row.lost ?? ''),
        formatFigure(row.process),
        row.wall === undefined ? '' : formatFigure(row.wall),
        row.residentBytes?.map((bytes) => (bytes / 1e6).toFixed(1)).join(', ') ?? '',
      ]),
    ),
    '',
    ...rows.filter(({ name }) => name.startsWith('netcap')).map((row) => judge(row, rows)),
  ];
}

function judge({ name, process, wall }: ConsumerRow, rows: readonly ConsumerRow[]): string {
  const ratios = rows
    .filter((row) => row.name.startsWith('tcpdump'))
    .map((row) => `${(process.median / row.process.median).toFixed(2)} of the time of ${row.name}`);
  const perSecond = (1000 / (wall?.median ?? Number.NaN)).toFixed(2);
  return `${name}: ${perSecond} million packets a second, ${ratios.join(', ')}.`;
}
