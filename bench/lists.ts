import { analyse, compile, compileObject } from '../compiler/index.js';
import { openOracle } from '../test/oracle/stream.js';
import { linkTypes } from '../test/packets/capture.js';
import { type ListKind, listFilter, listKinds, listPacket } from './long-list.js';
import { type Figure, measure } from './measure.js';
import type { Section } from './section.js';
import { formatFigure, formatTable } from './table.js';
import { countOurs, type Work } from './work-count.js';

/** A list of so many alternatives, and what it costs; times in milliseconds. */
interface ListRow {
  readonly kind: ListKind;
  readonly length: number;
  /** Filter text to IR. */
  readonly toIr: Figure;
  /** Filter text to C with every warning. */
  readonly toC: Figure;
  /** C to the object: clang, and what is taken out afterwards. */
  readonly clang: Figure;
  readonly objectBytes: number;
  /** For a packet that is not in the list. */
  readonly work: Work;
  /** `pcap_compile` with its optimiser, or why there is no time; only of lists that are short enough for it. */
  readonly libpcap?: Figure | string;
}

const lengths = [10, 100, 300, 1000, 10000];

/** libpcap's time grows faster than the square of the length: 1,000 hosts take it most of a minute. */
const longestForLibpcap = 300;
const libpcapSeconds = 60;

/** Runs before the first that counts: until the compiler itself has been compiled. */
const warmUpRuns = 3;

/** Compile time, object size and work per packet against the number of hosts, nets and ports in a filter. */
export async function measureLists(): Promise<Section> {
  const rows: ListRow[] = [];
  for (const kind of listKinds)
    for (const length of lengths) rows.push(await measureList(kind, length));
  return {
    figures: rows,
    text: [
      `Filter: tcp and (KIND A or B or ...). Times in ms; pcap_compile up to ${longestForLibpcap}, optimised. Work:`,
      'loads+tests+checks of bounds for a packet that is not in the list.',
      '',
      ...formatTable(
        [
          'list',
          'length',
          'text to IR',
          'text to C',
          'clang',
          'pcap_compile',
          'object bytes',
          'work',
        ],
        rows.map(formatRow),
      ),
    ],
  };
}

async function measureList(kind: ListKind, length: number): Promise<ListRow> {
  const expression = listFilter(kind, length);
  const { c, diagnostics } = compile(expression);
  const program = analyse(expression, { link: 'ethernet' }).ir?.[0];
  if (c === undefined || program === undefined)
    throw new Error(`${length} of ${kind}: ${diagnostics[0]?.message}`);
  const effort = { runs: 5, seconds: 5 };
  let objectBytes = 0;
  for (let run = 0; run < warmUpRuns; run++) compile(expression);
  const toIr = await measure(() => analyse(expression), effort);
  const toC = await measure(() => compile(expression), effort);
  const clang = await measure(async () => {
    const object = await compileObject(c);
    if (!object.ok) throw new Error(object.mistakes[0]?.message);
    objectBytes = object.value.length;
  }, effort);
  const { matches, ...work } = countOurs(program, listPacket(kind, length));
  if (matches) throw new Error(`${length} of ${kind}: matches what is not in the list`);
  const libpcap = length <= longestForLibpcap && { libpcap: await measureLibpcap(expression) };
  return { kind, length, toIr, toC, clang, objectBytes, work, ...libpcap };
}

async function measureLibpcap(expression: string): Promise<Figure | string> {
  const oracle = openOracle({ optimise: true, secondsPerFilter: libpcapSeconds });
  const ask = (text: string) =>
    oracle.ask({ expression: text, linkType: linkTypes.ethernet, packets: [] });
  try {
    await ask('ip'); // not the start of the process
    const first = await ask(expression);
    if (first.kind === 'silent') return first.reason;
    if (first.kind === 'rejected') return first.message;
    return await measure(() => ask(expression), { runs: 3, seconds: 5 });
  } finally {
    await oracle.close();
  }
}

function formatRow(row: ListRow): readonly string[] {
  const { kind, length, toIr, toC, clang, objectBytes, work, libpcap = 'not asked' } = row;
  return [
    kind,
    String(length),
    ...[toIr, toC, clang].map(formatFigure),
    typeof libpcap === 'string' ? libpcap : formatFigure(libpcap),
    String(objectBytes),
    `${work.loads}+${work.tests}+${work.bounds}`,
  ];
}
