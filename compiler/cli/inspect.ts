import { readManifest } from '../object/manifest.js';
import { exitStatus } from './exit-status.js';
import { reportMistakes } from './report.js';
import { readBytes } from './source.js';

/** `netcapc inspect`: what an object says of itself. */
export async function runInspect(file: string): Promise<number> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return reportMistakes(bytes.mistakes);
  const manifest = readManifest(bytes.value, file);
  if (!manifest.ok) return reportMistakes(manifest.mistakes);
  process.stdout.write(`${JSON.stringify(manifest.value, null, 2)}\n`);
  return exitStatus.ok;
}
