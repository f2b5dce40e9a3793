/**
 * verify-objects.ts FOLDER PROGRAM: load that program of every object in a folder, with the reader that the running kernel
 * allows, one process for all, and print a line for each that it refuses, then how many there were and what the dearest
 * cost. Root.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyObject } from '../../runtime/verify/verify.js';

const [folder = '.', wanted = 'netcap_tracing'] = process.argv.slice(2);
let dearest = { instructions: 0, file: '' };
let refused = 0;
const files = readdirSync(folder).filter((file) => file.endsWith('.o'));
for (const [index, file] of files.entries()) {
  const bytes = readFileSync(join(folder, file));
  const programs = verifyObject(bytes, false, (name) => name === wanted);
  for (const verification of programs) {
    if (!verification.accepted) {
      refused++;
      console.log(`${file}: ${verification.reason}`);
    } else if (verification.instructions > dearest.instructions)
      dearest = { instructions: verification.instructions, file };
  }
  if (programs.length === 0) throw new Error(`${file} has no ${wanted}`);
  // A guest takes long.
  if ((index + 1) % 100 === 0) console.error(`${index + 1} objects, ${refused} refusals`);
}
console.log(
  `${files.length} objects, ${refused} refusals, at most ${dearest.instructions} instructions (${dearest.file})`,
);
process.exitCode = refused === 0 ? 0 : 1;
