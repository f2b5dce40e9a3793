/**
 * fragments.ts FOLDER READER...
 *
 * Sends the cases of fragmented-packets.ts between two namespaces, once for each READER, and writes what was captured to
 * FOLDER/captured.json. FOLDER holds the sender, and an object for each case (INDEX.o). A program of its own, because it
 * also runs in guests.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNamespaces, inNamespace, within } from '../../examples/namespaces.js';
import { attachProgram, attachTypes } from '../../runtime/bpf/attach.js';
import { readCounters } from '../../runtime/bpf/counters.js';
import { sumCounters } from '../../runtime/bpf/counts.js';
import { idleKnobs } from '../../runtime/bpf/knobs.js';
import { loadObject } from '../../runtime/bpf/object.js';
import { openRing } from '../../runtime/bpf/ring.js';
import { packetKinds } from '../../runtime/events/flags.js';
import { noArguments, noFields } from '../../runtime/hooks/ways.js';
import { packetsOf } from '../../runtime/packets.js';
import {
  type FragmentCase,
  pageFragmentCases,
  reassembledCases,
  receiver,
} from './fragmented-packets.js';

/** What came of a case with a reader. */
export interface FragmentResult {
  readonly name: string;
  readonly reader: string;
  /** Hexadecimal. */
  readonly captured: readonly string[];
  readonly truncated: number;
  readonly lost: number;
}

const ringBytes = 16 << 20;
const [folder, ...readers] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: fragments.ts FOLDER READER...');
const pair = createNamespaces();
try {
  for (const name of [pair.near, pair.far])
    inNamespace(name, 'ip', 'link', 'set', pair.device, 'mtu', `${receiver.mtu}`);
  inNamespace(pair.far, 'ip', 'link', 'set', pair.device, 'address', receiver.mac);
  const results = [...pageFragmentCases(), ...reassembledCases()].flatMap((each, index) =>
    readers.map((reader) => capture(each, join(folder, `${index}.o`), reader)),
  );
  writeFileSync(join(folder, 'captured.json'), JSON.stringify(results));
} finally {
  pair.remove();
}

function capture(each: FragmentCase, object: string, reader: string): FragmentResult {
  const loaded = loadObject(readFileSync(object), {
    program: 'netcap_tracing',
    knobs: {
      ...idleKnobs(
        reader.includes('window'),
        reader.includes('typed') ? packetKinds.typed : packetKinds.target,
      ),
      snaplen: 262144,
    },
    maps: [{ name: 'netcap_ring', maxEntries: ringBytes }],
    expectation: { attachType: attachTypes.tp_btf, target: each.hook },
  });
  const maps = {
    ringFds: [loaded.mapFd('netcap_ring')],
    consumerFd: loaded.mapFd('.data.consumer'),
  };
  const ring = openRing(maps, ringBytes);
  const way = {
    kind: 'tp_btf',
    target: each.hook,
    arguments: noArguments,
    fields: noFields,
  } as const;
  const attached = attachProgram(way, loaded);
  try {
    send(each);
    const batch = ring.take(ringBytes);
    const packets = batch === undefined ? [] : [...packetsOf(batch)];
    const counters = sumCounters(readCounters(loaded.mapFd('netcap_counters'), 0));
    return {
      name: each.name,
      reader,
      captured: packets.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
      truncated: Number(counters.truncated),
      lost: Number(counters.ringFull + counters.readFailed),
    };
  } finally {
    attached.detach();
    ring.close();
    loaded.close();
  }
}

function send({ frames }: FragmentCase): void {
  const lines = frames.map(
    ({ linear, boundary, bytes }) =>
      `${linear} ${boundary} ${Buffer.from(bytes).toString('hex')}\n`,
  );
  execFileSync('ip', within(pair.near, join(folder ?? '', 'fragments-send'), pair.device), {
    input: lines.join(''),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}
