/**
 * The rings of a capture. CPUs that write to one ring wait for each other at its lock (__bpf_ringbuf_reserve() takes it
 * even if there is no room), so where there are many CPUs, only some of them share one.
 */
import { constants, cpus } from 'node:os';
import { lastErrno, libbpf, libc } from '../ffi/libbpf.js';
import { optionSizes } from '../ffi/options.js';
import { createBpfError } from './error.js';
import { type MapSetting, ringMap, ringsMap } from './object.js';

const mapTypeArrayOfMaps = 12;
const mapTypeRing = 27;

/** Few enough that the lock is free for most packets. */
const processorsPerRing = 8;

/** As many as a capture may have. */
export const mostRings = 64;

/** How many rings a capture on this machine has if nobody says so. */
export function usualRings(): number {
  return Math.min(mostRings, Math.ceil(cpus().length / processorsPerRing));
}

/** Rings in the kernel, for programs that are still to be loaded. */
export interface Rings {
  readonly fds: readonly number[];
  /** How objects take them. */
  readonly settings: readonly MapSetting[];
  /** The knob `rings`. */
  readonly knob: number;
  close(): void;
}

/** Make so many rings of that size, a power of two and whole pages. Throws BpfError. */
export function createRings(count: number, sizeBytes: number): Rings {
  const opened: number[] = [];
  const close = () => {
    for (const fd of opened.splice(0)) libc().close(fd);
  };
  const keep = (fd: number, operation: string) => {
    if (fd < 0) {
      const isTooMuch = fd === -constants.errno.ENOMEM;
      const help = isTooMuch ? { help: 'ask for less room, with -B or --rings' } : {};
      throw createBpfError({ operation, errno: -fd, ...help });
    }
    opened.push(fd);
    return fd;
  };
  const createMap = libbpf().bpf_map_create;
  try {
    const fds = Array.from({ length: count }, () =>
      keep(
        createMap(mapTypeRing, ringMap, 0, 0, sizeBytes, null),
        `make a ring buffer of ${sizeBytes >> 10} KiB`,
      ),
    );
    const [first = 0] = fds;
    const settings = [{ name: ringMap, reuseFd: first }];
    if (count === 1) return { fds, settings, knob: 0, close };
    const options = { sz: optionSizes.mapCreate, inner_map_fd: first };
    const outer = keep(
      createMap(mapTypeArrayOfMaps, ringsMap, 4, 4, count, options),
      'make the map of ring buffers',
    );
    for (const [index, fd] of fds.entries()) {
      const key = new Uint8Array(Uint32Array.of(index).buffer);
      const value = new Uint8Array(Uint32Array.of(fd).buffer);
      if (libbpf().bpf_map_update_elem(outer, key, value, 0) < 0) {
        throw createBpfError({ operation: `use ring buffer ${index + 1}`, errno: lastErrno() });
      }
    }
    const all = [...settings, { name: ringsMap, reuseFd: outer }];
    return { fds, settings: all, knob: count, close };
  } catch (cause) {
    close();
    throw cause;
  }
}
