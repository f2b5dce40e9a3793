/**
 * npm run bench [-- --json FILE]: what compiling and matching cost on this machine, in one run. Figures move from
 * machine to machine; ratios inside one run are what to compare.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '../compiler/index.js';
import { readCorpus } from '../test/corpus/corpus.js';
import { captureFile, linkTypes } from '../test/packets/capture.js';
import { ethernetPackets } from '../test/packets/packets.js';

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  /** Smallest and largest of the rounds. */
  readonly spread: readonly [number, number];
}

const rounds = 7;
const folder = mkdtempSync(join(tmpdir(), 'netcap-bench-'));
const netcapc = [process.execPath, 'dist/compiler/cli/netcapc.js'] as const;

try {
  const figures = [...measureCore(), ...measureProcess(), ...measureMatch()];
  for (const { name, unit, median, spread } of figures)
    console.log(
      `${name.padEnd(52)} ${format(median)} ${unit} (${spread.map(format).join(' to ')})`,
    );
  const { values } = parseArgs({ options: { json: { type: 'string' } } });
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Filter text to C, once the compiler is loaded. */
function measureCore(): readonly Figure[] {
  const filters = readCorpus('filters');
  const compileAll = () => {
    for (const { expression } of filters) compile(expression);
  };
  compileAll(); // the first time includes compiling the compiler
  return [
    measure(
      'text to C, mean of the corpus',
      'ms',
      () => (seconds(compileAll) * 1000) / filters.length,
    ),
    measure('text to C, tcp port 80', 'ms', () => seconds(() => compile('tcp port 80')) * 1000),
  ];
}

/** The whole process, and what it writes. */
function measureProcess(): readonly Figure[] {
  const object = join(folder, 'x.o');
  const run = (...args: readonly string[]) => {
    execFileSync(netcapc[0], [netcapc[1], 'compile', '-e', 'tcp port 80', ...args]);
  };
  const figures = [
    measure(
      'netcapc compile --emit c, tcp port 80',
      'ms',
      () => seconds(() => run('--emit', 'c', '-o', join(folder, 'x.c'))) * 1000,
    ),
    measure('netcapc compile, tcp port 80', 'ms', () => seconds(() => run('-o', object)) * 1000),
  ];
  for (const target of ['skb', 'sock', 'mbuf']) {
    run('--target', target, '-o', object);
    const { size } = statSync(object);
    figures.push({ name: `object, ${target}`, unit: 'bytes', median: size, spread: [size, size] });
  }
  return figures;
}

/** 500 filters over 5,000 packets, compiled C and interpreted IR. */
function measureMatch(): readonly Figure[] {
  const capture = join(folder, 'packets.pcap');
  writeFileSync(capture, captureFile(ethernetPackets().slice(0, 5000), linkTypes.ethernet));
  const filters = join(folder, 'filters.tsv');
  const lines = readCorpus('filters').slice(0, 500);
  writeFileSync(filters, lines.map(({ id, expression }) => `${id}\t${expression}\n`).join(''));
  return ['c', 'ir'].map((engine) =>
    measure(
      `netcapc match, 500 filters over 5000 packets, ${engine}`,
      's',
      () =>
        seconds(() =>
          execFileSync(netcapc[0], [
            netcapc[1],
            'match',
            '--filters',
            filters,
            '-r',
            capture,
            '--engine',
            engine,
          ]),
        ),
      3,
    ),
  );
}

function measure(name: string, unit: string, once: () => number, times = rounds): Figure {
  const values = Array.from({ length: times }, once).sort((left, right) => left - right);
  const at = (index: number) => values[index] ?? 0;
  return { name, unit, median: at(times >> 1), spread: [at(0), at(times - 1)] };
}

function seconds(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
