import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, compileObject } from '../compiler/index.js';
import { createNamespaces } from '../examples/namespaces.js';
import { type ConsumerPlace, copyFile, type Drained, drain } from './consumer/drain.js';
import { type ConsumerRow, formatConsumers } from './consumer/report.js';
import { buildSender, floodFilter } from './flood/floods.js';
import { holdMemory } from './flood/memory.js';
import { missingForFlood } from './flood.js';
import { summarise } from './measure.js';
import type { Section } from './section.js';

/** From a full ring to a file: what netcap takes for a packet, and tcpdump for the same. */
export async function measureConsumer(folder: string): Promise<Section> {
  const missing = missingForFlood();
  if (missing !== undefined) return { figures: [], text: [`Left out: ${missing}.`] };
  const object = await compileObject(compile(floodFilter).c ?? '');
  if (!object.ok) throw new Error(`${floodFilter}: ${object.mistakes[0]?.message}`);
  const files = mkdtempSync('/dev/shm/netcap-consumer-');
  const base = {
    sender: join(folder, 'consumer-send'),
    object: join(folder, 'consumer.o'),
    memory: holdMemory(join(files, 'held')),
  };
  try {
    await buildSender(base.sender);
    writeFileSync(base.object, object.value);
    const pair = createNamespaces();
    try {
      const rows = await measureRows({ ...base, pair }, files);
      return { figures: rows, text: formatConsumers(rows) };
    } finally {
      pair.remove();
    }
  } finally {
    base.memory.close();
    rmSync(files, { recursive: true });
  }
}

async function measureRows(place: ConsumerPlace, folder: string): Promise<readonly ConsumerRow[]> {
  const pcap = join(folder, 'netcap.pcap');
  const rows = [
    summariseRounds('netcap, .pcap', await drain(place, 'netcap', pcap)),
    summariseRounds('netcap, .pcapng', await drain(place, 'netcap', join(folder, 'netcap.pcapng'))),
    summariseRounds('tcpdump', await drain(place, 'tcpdump', join(folder, 'tcpdump.pcap'))),
  ];
  return [...rows, { name: 'tcpdump -r FILE -w FILE', process: await copyFile(place, pcap) }];
}

/** The first round is a program that has just started. */
function summariseRounds(name: string, { rounds, packets, lost }: Drained): ConsumerRow {
  const usual = rounds.slice(1);
  return {
    name,
    packets,
    lost,
    wall: summarise(usual.map(({ wall }) => wall)),
    process: summarise(usual.map(({ process }) => process)),
    residentBytes: [
      rounds[0]?.residentBytes ?? Number.NaN,
      rounds.at(-1)?.residentBytes ?? Number.NaN,
    ],
  };
}
