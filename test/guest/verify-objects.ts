/**
 * verify-objects.ts FOLDER PROGRAM: load that program of every object in a folder, one process for all, and print a line
 * for each that the running kernel refuses, then how many there were and what the dearest cost. Root.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyObject } from '../../runtime/verify/verify.js';

const [folder = '.', wanted = 'netcap_tracing'] = process.argv.slice(2);
const readers = [false, true];
let dearest = { instructions: 0, file: '' };
let refused = 0;
const files = readdirSync(folder).filter((file) => file.endsWith('.o'));
for (const file of files)
  for (const isWindowForced of readers) {
    const bytes = readFileSync(join(folder, file));
    const programs = verifyObject(bytes, isWindowForced, (name) => name === wanted);
    for (const verification of programs) {
      if (!verification.accepted) {
        refused++;
        console.log(`${file}${isWindowForced ? ' (window)' : ''}: ${verification.reason}`);
      } else if (verification.instructions > dearest.instructions)
        dearest = { instructions: verification.instructions, file };
    }
    if (programs.length === 0) throw new Error(`${file} has no ${wanted}`);
  }
console.log(
  `${files.length} objects, ${refused} refusals, at most ${dearest.instructions} instructions (${dearest.file})`,
);
process.exitCode = refused === 0 ? 0 : 1;
