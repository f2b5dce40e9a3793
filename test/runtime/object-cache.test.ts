import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { cacheFolder, cacheKey, openCache } from '../../runtime/object-cache.js';
import { describe } from '../support/suite.js';
import { inFolder } from './objects.js';

const key = cacheKey(['one']);
const other = cacheKey(['other']);
const object = Uint8Array.from({ length: 100 }, (_, index) => index);
const notRoot = process.getuid?.() === 0 ? undefined : 'giving files away takes root';

describe('the cache of objects', (test) => {
  /** A cache with one entry, and the entry's file. */
  const withEntry = (
    body: (cache: ReturnType<typeof openCache>, file: string, folder: string) => void,
  ) =>
    inFolder(async (above) => {
      const folder = join(above, 'cache', 'netcap');
      const cache = openCache(folder);
      cache.put(key, object);
      body(cache, join(folder, `${key}.o`), folder);
    });

  test('gives back what was put in, under its key only', () =>
    withEntry((cache, file) => {
      assert.equal(cache.get(key), object);
      assert.is(cache.get(other), undefined);
      // A reader of objects finds one.
      assert.equal(readFileSync(file).subarray(0, object.length), Buffer.from(object));
    }));

  test('a file that was changed, cut or given another name is not believed', () =>
    withEntry((cache, file, folder) => {
      const good = readFileSync(file);
      const changed = Buffer.from(good);
      changed[50] = 0xff;
      for (const bad of [changed, good.subarray(0, -1), good.subarray(0, 10), Buffer.alloc(0)]) {
        writeFileSync(file, bad);
        assert.is(cache.get(key), undefined);
      }
      writeFileSync(file, good);
      assert.equal(cache.get(key), object);
      copyFileSync(file, join(folder, `${other}.o`));
      chmodSync(join(folder, `${other}.o`), 0o600);
      assert.is(cache.get(other), undefined);
      cache.put(key, object.subarray(1));
      assert.equal(cache.get(key), object.subarray(1), 'a bad entry is replaced');
    }));

  test('what others may write is not believed', () =>
    withEntry((cache, file, folder) => {
      chmodSync(file, 0o620);
      assert.is(cache.get(key), undefined);
      chmodSync(file, 0o600);
      assert.equal(cache.get(key), object);
      chmodSync(folder, 0o777);
      assert.is(cache.get(key), undefined);
      cache.put(other, object);
      assert.not(existsSync(join(folder, `${other}.o`)));
    }));

  test('links are not followed', () =>
    withEntry((cache, file, folder) => {
      renameSync(file, `${file}-elsewhere`);
      symlinkSync(`${file}-elsewhere`, file);
      assert.is(cache.get(key), undefined);
      const link = join(folder, '..', 'link');
      symlinkSync(folder, link);
      openCache(link).put(other, object);
      assert.not(existsSync(join(folder, `${other}.o`)));
    }));

  test.skipUnless(notRoot, "what is another user's is not believed, nor added to", () =>
    withEntry((cache, file, folder) => {
      chownSync(file, 65534, 65534);
      assert.is(cache.get(key), undefined);
      chownSync(file, 0, 0);
      assert.equal(cache.get(key), object);
      chownSync(folder, 65534, 65534);
      assert.is(cache.get(key), undefined);
      cache.put(other, object);
      assert.not(existsSync(join(folder, `${other}.o`)));
      // As where sudo has left HOME as it was.
      const home = join(folder, '..', 'home');
      mkdirSync(home);
      chownSync(home, 65534, 65534);
      openCache(join(home, '.cache', 'netcap')).put(key, object);
      assert.not(existsSync(join(home, '.cache')));
    }),
  );

  test('a folder that cannot be is no error', () =>
    inFolder(async (above) => {
      const file = join(above, 'file');
      writeFileSync(file, '');
      for (const folder of [file, join(file, 'netcap'), '/proc/netcap']) {
        const cache = openCache(folder);
        cache.put(key, object);
        assert.is(cache.get(key), undefined, folder);
      }
    }));

  test('keeps those used last, so many and so many bytes', () =>
    inFolder(async (above) => {
      const keys = ['a', 'b', 'c', 'd'].map((name) => cacheKey([name]));
      const entryBytes = object.length + 32;
      for (const limits of [
        { files: 3, bytes: 1 << 20 },
        { files: 100, bytes: 3 * entryBytes },
      ]) {
        const folder = join(above, String(limits.files));
        const cache = openCache(folder, limits);
        for (const [place, name] of keys.slice(0, 3).entries()) {
          cache.put(name, object);
          utimesSync(join(folder, `${name}.o`), place + 1, place + 1);
        }
        writeFileSync(join(folder, 'notes'), 'not ours to remove');
        assert.ok(cache.get(keys[0] ?? ''), 'what is used is no longer the oldest');
        cache.put(keys[3] ?? '', object);
        const left = [0, 2, 3].map((place) => `${keys[place]}.o`);
        assert.equal(readdirSync(folder).sort(), [...left, 'notes'].sort());
      }
    }));

  test('is where the XDG base directory specification says', () => {
    assert.is(cacheFolder({ XDG_CACHE_HOME: '/var/tmp/x' }), '/var/tmp/x/netcap');
    for (const environment of [{}, { XDG_CACHE_HOME: '' }, { XDG_CACHE_HOME: 'relative' }])
      assert.is(cacheFolder(environment), join(homedir(), '.cache/netcap'));
  });

  test('keys tell parts apart, however they are cut', () => {
    assert.is.not(cacheKey(['ab', 'c']), cacheKey(['a', 'bc']));
    assert.is.not(cacheKey(['ab']), cacheKey(['ab', '']));
  });
});
