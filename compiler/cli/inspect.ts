import { type Outcome, success } from '../diagnostics/outcome.js';
import { readManifest } from '../object/manifest.js';
import { commandFailed, runRuntime } from '../runtime-command.js';
import { exitStatus } from './exit-status.js';
import { reportMistakes } from './report.js';
import { readBytes } from './source.js';

/** What is told of an object beside what it says itself. */
export interface InspectOptions {
  /** What each program costs the verifier of the running kernel. */
  readonly verify: boolean;
}

/** A program as `netcap verify --json` tells of it. */
interface Verification {
  readonly accepted: boolean;
}

/** `netcapc inspect`: what an object says of itself, and with `verify` what the kernel says of its programs. */
export async function runInspect(file: string, { verify }: InspectOptions): Promise<number> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return reportMistakes(bytes.mistakes);
  const manifest = readManifest(bytes.value, file);
  if (!manifest.ok) return reportMistakes(manifest.mistakes);
  const programs = verify ? await verifyPrograms(bytes.value) : success(undefined);
  if (!programs.ok) return reportMistakes(programs.mistakes);
  const shown = { ...manifest.value, ...(programs.value && { programs: programs.value }) };
  process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  const isRefused = programs.value?.some(({ accepted }) => !accepted) ?? false;
  return isRefused ? exitStatus.refused : exitStatus.ok;
}

async function verifyPrograms(object: Uint8Array): Promise<Outcome<readonly Verification[]>> {
  const finished = await runRuntime(['verify', '-', '--json'], object);
  if (!finished.ok) return finished;
  const { status, output } = finished.value;
  const isAnswer = output !== '' && (status === exitStatus.ok || status === exitStatus.refused);
  return isAnswer ? success(JSON.parse(output)) : commandFailed('verify', finished.value);
}
