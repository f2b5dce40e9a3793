import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compile, compileObject } from '../../compiler/index.js';
import { type CorpusFilter, readCorpus } from '../corpus/corpus.js';
import { linkTypes } from '../packets/capture.js';
import { ethernetPackets } from '../packets/packets.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, noKernel, runMatch, withReference } from './verdicts.js';

/**
 * The same objects with each way to read a packet, and with VLAN tags where network cards leave them: no verdict
 * depends on it, nor on whether the verifier knows the type of packets. Kernels without the read-only cast always take the window. Every second filter of the sample: an object
 * takes a fifth of a second to build.
 */
describe('verdicts of readers', (test) => {
  test.skipUnless(
    noKernel,
    'best and window, typed or not, VLAN tags in the packet and beside it',
    async () => {
      const filters = readCorpus('filters-sample').filter((_, index) => index % 2 === 0);
      await withReference(ethernetPackets(), linkTypes.ethernet, filters, async (judged) => {
        const objects = join(dirname(judged.filtersPath), 'objects.tsv');
        await writeFile(objects, await buildObjects(judged.filters, dirname(objects)));
        for (const reader of ['best', 'window']) {
          for (const argument of ['number', 'typed']) {
            for (const tags of [[], ['--vlan-metadata']]) {
              const files = ['--objects', objects, '-r', judged.capturePath];
              const ways = ['--reader', reader, '--argument', argument];
              const ours = await runMatch('runtime/cli/netcap.ts', [...files, ...ways, ...tags]);
              assertSameVerdicts(judged, ours);
            }
          }
        }
      });
    },
  );
});

/** Compile each filter for skb; the answer is the list that `netcap match` reads, lines of id and path. */
async function buildObjects(filters: readonly CorpusFilter[], folder: string): Promise<string> {
  const lines: string[] = [];
  for (const { id, expression } of filters) {
    const { c } = compile(expression, { target: 'skb' });
    if (c === undefined) throw new Error(`${id} does not compile`);
    const object = await compileObject(c);
    if (!object.ok) throw new Error(`${id}: ${object.mistakes.map(({ message }) => message)}`);
    const path = join(folder, `${id}.o`);
    await writeFile(path, object.value);
    lines.push(`${id}\t${path}\n`);
  }
  return lines.join('');
}
