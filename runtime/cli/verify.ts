import { readManifest } from '../../compiler/for-runtime.js';
import { type Verification, verifyObject } from '../verify/verify.js';
import { readNamedFile } from './files.js';
import { exitStatus, reportMistakes } from './report.js';

/** The command line of `netcap verify`. */
export interface VerifyArguments {
  readonly object: string;
  readonly json: boolean;
  readonly reader: 'best' | 'window';
}

/** `netcap verify`: a line for each program of an object. Throws BpfError. */
export async function verify({ object, json, reader }: VerifyArguments): Promise<number> {
  const bytes = await readNamedFile(object, true);
  if (!bytes.ok) return reportMistakes(bytes.mistakes);
  const manifest = readManifest(bytes.value, object);
  if (!manifest.ok) return reportMistakes(manifest.mistakes);
  const programs = verifyObject(bytes.value, reader === 'window');
  process.stdout.write(json ? `${JSON.stringify(programs)}\n` : formatPrograms(programs));
  return programs.every(({ accepted }) => accepted) ? exitStatus.ok : exitStatus.refused;
}

/** The programs for people. */
export function formatPrograms(programs: readonly Verification[]): string {
  const width = Math.max(...programs.map(({ program }) => program.length));
  const lines = programs.map((each) =>
    each.accepted
      ? `${each.program.padEnd(width)}  ${each.instructions} instructions, ${each.states} states`
      : `${each.program.padEnd(width)}  refused: ${each.reason}`,
  );
  return `${lines.join('\n')}\n`;
}
