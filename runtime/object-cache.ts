/**
 * Objects that were built before, in the user's cache folder: what `netcap skb` would otherwise build again at every
 * start. A file is an object with a digest behind it, which readers of ELF do not see.
 *
 * Whoever can change what is here decides what is loaded into the kernel. So only folders and files of the process's own user
 * that nobody else may write count, and a file whose digest is wrong, or is another file's, does not. A cache that cannot
 * be used is as good as an empty one.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** Objects by what they were made from. */
export interface ObjectCache {
  /** Undefined if there is none to be trusted. */
  readonly get: (key: string) => Uint8Array | undefined;
  readonly put: (key: string, object: Uint8Array) => void;
}

/** How much is kept: the files used last. */
export interface CacheLimits {
  readonly files: number;
  readonly bytes: number;
}

/** Months of work with filters, in less than a photograph takes. */
const usualLimits: CacheLimits = { files: 200, bytes: 16 << 20 };

const digestBytes = 32;
/** Files of the cache, those included that are being written. */
const filePattern = /^[0-9a-f]{64}\.o/;

/** What stands for all that an object is made from. */
export function cacheKey(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex');
}

/** The cache folder by the XDG base directory specification, which has relative paths ignored. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(base) ? base : join(homedir(), '.cache'), 'netcap');
}

/** The cache in a folder, which is made when something is put in. */
export function openCache(folder = cacheFolder(), limits = usualLimits): ObjectCache {
  return {
    get: (key) => unlessRefused(() => readEntry(folder, key)),
    put: (key, object) =>
      unlessRefused(() => {
        if (!makeFolder(folder)) return;
        writeEntry(folder, key, object);
        removeOldest(folder, limits);
      }),
  };
}

function readEntry(folder: string, key: string): Uint8Array | undefined {
  if (!isOurs(lstatSync(folder))) return undefined;
  const fd = openSync(fileOf(folder, key), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const about = fstatSync(fd);
    if (!about.isFile() || !isOurs(about)) return undefined;
    const bytes = readFileSync(fd);
    const object = bytes.subarray(0, -digestBytes);
    if (!digest(key, object).equals(bytes.subarray(-digestBytes))) return undefined;
    const now = new Date();
    futimesSync(fd, now, now);
    return new Uint8Array(object);
  } finally {
    closeSync(fd);
  }
}

/** By renaming, so that nobody sees half of it. */
function writeEntry(folder: string, key: string, object: Uint8Array): void {
  const file = fileOf(folder, key);
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, Buffer.concat([object, digest(key, object)]), {
      flag: 'wx',
      mode: 0o600,
    });
    renameSync(unfinished, file);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    throw cause;
  }
}

function removeOldest(folder: string, limits: CacheLimits): void {
  const files = readdirSync(folder)
    .filter((name) => filePattern.test(name))
    .map((name) => ({ path: join(folder, name), about: lstatSync(join(folder, name)) }))
    .sort((one, other) => other.about.mtimeMs - one.about.mtimeMs);
  let bytes = 0;
  for (const [place, { path, about }] of files.entries()) {
    bytes += about.size;
    if (place >= limits.files || bytes > limits.bytes) rmSync(path, { force: true });
  }
}

/** Whether the folder is there, now at least, and to be trusted. */
function makeFolder(folder: string): boolean {
  return makeMissing(folder) && isOurs(lstatSync(folder));
}

/**
 * Make a folder and those above it that are missing; none in a folder of another user, as HOME may be one under sudo. Not
 * by mkdir with `recursive`, which does not end in /proc.
 */
function makeMissing(folder: string): boolean {
  const about = lstatSync(folder, { throwIfNoEntry: false });
  if (about !== undefined) return about.uid === process.geteuid?.();
  if (!makeMissing(dirname(folder))) return false;
  mkdirSync(folder, { mode: 0o700 });
  return true;
}

function isOurs({ uid, mode }: Stats): boolean {
  return uid === process.geteuid?.() && (mode & 0o022) === 0;
}

function fileOf(folder: string, key: string): string {
  return join(folder, `${key}.o`);
}

/** With the key: an entry under another's name is not the one that was asked for. */
function digest(key: string, object: Uint8Array): Buffer {
  return createHash('sha256').update(key).update(object).digest();
}

/** What the file system refuses is no failure: the cache then holds nothing, or takes nothing. */
function unlessRefused<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return undefined;
    throw cause;
  }
}
