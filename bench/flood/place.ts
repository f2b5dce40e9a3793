import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, compileObject } from '../../compiler/index.js';
import { createNamespaces, type NamespacePair } from '../../examples/namespaces.js';
import { buildSender, floodFilter } from './floods.js';
import { type HeldMemory, holdMemory } from './memory.js';

/** Where and with what is measured. */
export interface FloodPlace {
  readonly pair: NamespacePair;
  /** The program that sends, and the object that netcapc built of the filter. */
  readonly sender: string;
  readonly object: string;
  /** A folder in memory, and memory for what is written there. */
  readonly files: string;
  readonly memory: HeldMemory;
}

/** Do what takes a place; nothing of it is left afterwards, but what was built in `folder`. */
export async function inFloodPlace<Result>(
  folder: string,
  act: (place: FloodPlace) => Promise<Result>,
): Promise<Result> {
  const built = await compileObject(compile(floodFilter).c ?? '');
  if (!built.ok) throw new Error(`${floodFilter}: ${built.mistakes[0]?.message}`);
  const sender = join(folder, 'flood-send');
  const object = join(folder, 'flood.o');
  await buildSender(sender);
  writeFileSync(object, built.value);
  const files = mkdtempSync('/dev/shm/netcap-flood-');
  try {
    const memory = holdMemory(join(files, 'held'));
    try {
      const pair = createNamespaces();
      try {
        return await act({ pair, sender, object, files, memory });
      } finally {
        pair.remove();
      }
    } finally {
      memory.close();
    }
  } finally {
    rmSync(files, { recursive: true });
  }
}
