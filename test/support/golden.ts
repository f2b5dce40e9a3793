import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How to rewrite goldens; refused in CI, where they are what is checked. */
const update = process.env.UPDATE_GOLDEN === '1';
const advice = 'run UPDATE_GOLDEN=1 npm test, and read the difference before you commit it';

/**
 * Compare a golden case with what the program makes now: the list of files first, so that missing and stale files
 * fail, then each text. With UPDATE_GOLDEN=1 the folder is rewritten instead. Inputs are left alone.
 */
export function checkGolden(
  folder: string,
  inputs: readonly string[],
  outputs: ReadonlyMap<string, string>,
): void {
  if (update) {
    if (process.env.CI) throw new Error('UPDATE_GOLDEN is refused in CI');
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(folder))
      if (!inputs.includes(file) && !outputs.has(file)) rmSync(join(folder, file));
    for (const [file, text] of outputs) writeFileSync(join(folder, file), text);
    return;
  }
  const expected = [...outputs.keys()].sort();
  const present = readdirSync(folder)
    .filter((file) => !inputs.includes(file))
    .sort();
  if (present.join() !== expected.join())
    throw new Error(
      `${folder} holds ${present.join(', ') || 'nothing'}, not ${expected.join(', ')}; ${advice}`,
    );
  for (const [file, text] of outputs) {
    const path = join(folder, file);
    const golden = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (golden !== text)
      throw new Error(`${path} differs:\n${firstDifference(golden, text)}${advice}`);
  }
}

function firstDifference(golden: string, text: string): string {
  const before = golden.split('\n');
  const after = text.split('\n');
  const line = before.findIndex((content, index) => content !== after[index]);
  const at = line < 0 ? before.length : line;
  return `line ${at + 1}\n- ${before[at] ?? ''}\n+ ${after[at] ?? ''}\n`;
}
