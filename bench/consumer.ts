import { join } from 'node:path';
import { copyFile, type Drained, drain } from './consumer/drain.js';
import { type ConsumerRow, formatConsumers } from './consumer/report.js';
import { type FloodPlace, inFloodPlace } from './flood/place.js';
import { missingForFlood } from './flood.js';
import { summarise } from './measure.js';
import type { Section } from './section.js';

/** From a full ring to a file: what netcap takes for a packet, and tcpdump for the same. */
export async function measureConsumer(folder: string): Promise<Section> {
  const missing = missingForFlood();
  if (missing !== undefined) return { figures: [], text: [`Left out: ${missing}.`] };
  const rows = await inFloodPlace(folder, measureRows);
  return { figures: rows, text: formatConsumers(rows) };
}

async function measureRows(place: FloodPlace): Promise<readonly ConsumerRow[]> {
  const inFiles = (name: string) => join(place.files, name);
  const pcap = inFiles('netcap.pcap');
  const rows = [
    summariseRounds('netcap, .pcap', await drain(place, 'netcap', pcap)),
    summariseRounds('netcap, .pcapng', await drain(place, 'netcap', inFiles('netcap.pcapng'))),
    summariseRounds('tcpdump', await drain(place, 'tcpdump', inFiles('tcpdump.pcap'))),
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
