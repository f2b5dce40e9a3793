import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, compileObject, type TargetName } from '../../compiler/index.js';

/** Build the object of a filter that is known to be right. */
export async function buildObject(
  expression: string,
  target: TargetName = 'skb',
): Promise<Uint8Array> {
  const { c, diagnostics } = compile(expression, { target });
  if (c === undefined) throw new Error(diagnostics[0]?.message);
  const object = await compileObject(c);
  if (!object.ok) throw new Error(object.mistakes[0]?.message);
  return object.value;
}

/** A folder that is there while `body` runs. */
export async function inFolder<Result>(body: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'netcap-test-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Write the object of a filter to a file; its path. */
export async function writeObject(folder: string, expression: string): Promise<string> {
  const path = join(folder, 'filter.o');
  writeFileSync(path, await buildObject(expression));
  return path;
}
