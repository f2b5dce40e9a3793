import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';

/** All bytes of a file that the user named; `-` is standard input if `allowsInput`. */
export async function readNamedFile(
  path: string,
  allowsInput = false,
): Promise<Outcome<Uint8Array>> {
  try {
    return success(await (allowsInput && path === '-' ? buffer(process.stdin) : readFile(path)));
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    const reason = reasons[String(cause.code)] ?? String(cause.code);
    return mistake('file-unreadable', `cannot read ${path}: ${reason}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};
