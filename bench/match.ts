import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCorpus } from '../test/corpus/corpus.js';
import { captureFile, linkTypes } from '../test/packets/capture.js';
import { ethernetPackets } from '../test/packets/packets.js';
import { type Figure, measure } from './measure.js';
import type { Section } from './section.js';
import { formatFigure, formatTable } from './table.js';

const netcapc = 'dist/compiler/cli/netcapc.js';
const filterCount = 500;
const packetCount = 5000;

/** `netcapc match` as a process: many filters over many packets, C and interpreted IR. */
export async function measureMatch(folder: string): Promise<Section> {
  const capture = join(folder, 'packets.pcap');
  writeFileSync(capture, captureFile(ethernetPackets().slice(0, packetCount), linkTypes.ethernet));
  const filters = join(folder, 'filters.tsv');
  const lines = readCorpus('filters').slice(0, filterCount);
  writeFileSync(filters, lines.map(({ id, expression }) => `${id}\t${expression}\n`).join(''));
  const rows: { readonly engine: string; readonly milliseconds: Figure }[] = [];
  for (const engine of ['c', 'ir']) {
    const args = [netcapc, 'match', '--filters', filters, '-r', capture, '--engine', engine];
    const run = () => execFileSync(process.execPath, args, { maxBuffer: 1 << 26 });
    rows.push({ engine, milliseconds: await measure(run, { runs: 3, seconds: 30 }) });
  }
  return {
    figures: { filters: filterCount, packets: packetCount, rows },
    text: formatTable(
      [`netcapc match, ${filterCount} filters over ${packetCount} packets`, 'ms'],
      rows.map(({ engine, milliseconds }) => [`--engine ${engine}`, formatFigure(milliseconds)]),
    ),
  };
}
