import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { mistake, type Outcome, success } from '../diagnostics/outcome.js';

/** A filter and what messages call it. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** The filter given by `-e`, by a file, or on standard input. */
export async function readSource(args: {
  readonly expression?: string | undefined;
  readonly file?: string | undefined;
}): Promise<Outcome<Source>> {
  if (args.expression !== undefined && args.file !== undefined)
    return mistake('usage', 'both -e and a file were given');
  if (args.expression !== undefined) return success({ name: '<filter>', text: args.expression });
  if (args.file === undefined)
    return mistake('usage', 'no filter was given', { help: 'use -e EXPRESSION, or name a file' });
  const read = await readTextFile(args.file);
  return read.ok
    ? success({ name: args.file === '-' ? '<stdin>' : args.file, text: read.value })
    : read;
}

/** A text file, or standard input for `-`. */
export async function readTextFile(file: string): Promise<Outcome<string>> {
  if (file === '-') return success(await text(process.stdin));
  try {
    return success(await readFile(file, 'utf8'));
  } catch (error) {
    return fileMistake('read', file, error);
  }
}

/** A file, or standard input for `-`, as bytes. */
export async function readBytes(file: string): Promise<Outcome<Uint8Array>> {
  try {
    return success(new Uint8Array(await readFile(file === '-' ? '/dev/stdin' : file)));
  } catch (error) {
    return fileMistake('read', file, error);
  }
}

/** Why a file could not be read or written, in the system's words. */
export function fileMistake(verb: 'read' | 'write', file: string, error: unknown): Outcome<never> {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOSPC: 'no space left on the device',
    EROFS: 'the file system is read-only',
  };
  const reason = reasons[code];
  return mistake(
    `file-not-${verb === 'read' ? 'readable' : 'writable'}`,
    `cannot ${verb} ${file}: ${reason === undefined ? code : `${reason} (${code})`}`,
  );
}
