import type { Figure } from '../measure.js';
import { formatFigure, formatNumber, formatTable } from '../table.js';

/** Hooks of one kind, all at the same place. */
export interface HookCase {
  readonly name: string;
  /** The only way to attach that is tried; `first`: what netcap takes by itself; `pass`: no netcap. */
  readonly kind: string;
  readonly hook: string;
  readonly count: number;
}

/** What they cost, in all rounds. */
export interface HookRow extends HookCase {
  readonly attachedAs: string;
  /** Nanoseconds per packet without any hook. */
  readonly base: number;
  /** Nanoseconds per packet that come on top. */
  readonly added: Figure;
}

/** Beyond so many hooks, kinds have as many as the kernel allows. */
export const fewHooks = 10;

/** The table, and what it has to show. */
export function formatHooks(rows: readonly HookRow[]): readonly string[] {
  return [
    `Nanoseconds per packet that does not match; without a hook, a packet takes ${formatNumber(rows[0]?.base ?? 0)}.`,
    '',
    ...formatTable(
      ['hook', 'attached as', 'hooks', 'added', 'for each', 'ratio to the cheapest'],
      rows.map((row) => [
        row.name,
        row.attachedAs,
        String(row.count),
        formatFigure(row.added),
        formatNumber(forEach(row)),
        (
          forEach(row) / Math.min(...rows.filter((other) => isRival(row, other)).map(forEach))
        ).toFixed(2),
      ]),
    ),
    '',
    ...judge(rows),
  ];
}

function forEach({ added, count }: HookRow): number {
  return added.median / count;
}

/** As many hooks, of netcap's. */
function isRival(row: HookRow, other: HookRow): boolean {
  const isMany = row.count > fewHooks && other.count > fewHooks;
  return other.kind !== 'pass' && (isMany || other.count === row.count);
}

/** A spec `tracepoint:` is to cost no more than one `tp_btf:`: by several, which tell more than one. */
function judge(rows: readonly HookRow[]): readonly string[] {
  const find = (kind: string) => rows.find((row) => row.kind === kind && row.count === fewHooks);
  const [spec, btf] = [find('first'), find('tp_btf')];
  if (spec === undefined || btf === undefined) return [];
  const ratio = (spec.added.median / btf.added.median).toFixed(2);
  const isNoMore = spec.added.quartiles[0] <= btf.added.quartiles[1];
  const verdict = isNoMore ? 'no more than' : 'MORE than';
  return [
    `A tracepoint: spec is attached as ${spec.attachedAs} and costs ${ratio} of a tp_btf: one: ${verdict} it, as far as quartiles tell.`,
    '',
  ];
}
