import type { Figure } from '../measure.js';
import { formatFigure, formatTable } from '../table.js';
import type { FloodKind } from './capture.js';
import type { ToolName } from './tools.js';

/** What a tool showed for a kind of flood, in all rounds. */
export interface FloodRow extends FloodKind {
  readonly tool: ToolName;
  /** Nanoseconds per frame that the sender's system call took longer. */
  readonly added: Figure;
  /** Nanoseconds per frame of the tool's own time. */
  readonly process: Figure;
  readonly sum: Figure;
  /** Frames per second without a loss; undefined if a round had no such rate. */
  readonly rate: Figure | undefined;
}

/** The table, and what it has to show. */
export function formatFloods(rows: readonly FloodRow[]): readonly string[] {
  return [
    'Nanoseconds per frame, and thousand frames per second.',
    '',
    ...formatTable(
      ['flood', 'tool', 'added to the sender', "tool's own", 'sum', 'rate without loss'],
      rows.map((row) => [
        floodName(row),
        row.tool,
        formatFigure(row.added),
        formatFigure(row.process),
        formatFigure(row.sum),
        row.rate === undefined ? 'none of those tried' : formatFigure(thousands(row.rate)),
      ]),
    ),
    '',
    ...rows.filter(({ tool }) => tool === 'netcap').flatMap((row) => judge(row, rows)),
  ];
}

function floodName({ frameBytes, every }: FloodKind): string {
  const part = every === 0 ? 'none match' : every === 1 ? 'all match' : `1 in ${every} matches`;
  return `${frameBytes} bytes, ${part}`;
}

function thousands({ median, quartiles: [first, third], runs }: Figure): Figure {
  return { median: median / 1000, quartiles: [first / 1000, third / 1000], runs };
}

/** Whether netcap does what it has to: less time where few match, no lower rate where all do. */
function judge(ours: FloodRow, rows: readonly FloodRow[]): readonly string[] {
  const theirs = rows.find(
    ({ tool, frameBytes, every }) =>
      tool === 'tcpdump' && frameBytes === ours.frameBytes && every === ours.every,
  );
  if (theirs === undefined) return [];
  const name = floodName(ours);
  if (ours.every === 1) {
    const [rate = 0, other = 0] = [ours.rate?.median, theirs.rate?.median];
    if (other === 0)
      return [`${name}: tcpdump loses at every rate tried, netcap ${rate === 0 ? 'too' : 'not'}.`];
    const ratio = (rate / other).toFixed(2);
    if (rate >= other) return [`${name}: ${ratio} of tcpdump's rate without loss.`];
    const why =
      ours.process.median > theirs.process.median
        ? 'our process takes longer for a packet, and its ring fills'
        : 'the hook takes longer for a packet';
    return [`${name}: only ${ratio} of tcpdump's rate without loss: ${why}.`];
  }
  const ratio = (ours.sum.median / theirs.sum.median).toFixed(2);
  if (ours.sum.median < theirs.sum.median) return [`${name}: ${ratio} of tcpdump's time.`];
  const why =
    ours.added.median < theirs.added.median
      ? 'the hook costs less than the packet socket, but our process more than that saves'
      : 'the hook costs more than the packet socket';
  return [`${name}: not below tcpdump's time but ${ratio} of it: ${why}.`];
}
