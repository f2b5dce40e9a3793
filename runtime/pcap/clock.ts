import { createBpfError } from '../bpf/error.js';
import { lastErrno, libc } from '../ffi/libbpf.js';

const clockRealtime = 0;
const clockMonotonic = 1;
const nanosecondsPerSecond = 1_000_000_000n;

/**
 * Nanoseconds to add to CLOCK_MONOTONIC, which programs stamp packets with, to get wall-clock time. Measured once per
 * capture: a clock that is set meanwhile does not tear a capture apart. The tightest of a few readings is taken.
 */
export function measureWallClockOffset(): bigint {
  let best: { readonly width: bigint; readonly offset: bigint } | undefined;
  for (let round = 0; round < 5; round++) {
    const before = readClock(clockMonotonic);
    const wall = readClock(clockRealtime);
    const after = readClock(clockMonotonic);
    const width = after - before;
    if (best === undefined || width < best.width) {
      best = { width, offset: wall - (before + after) / 2n };
    }
  }
  return best?.offset ?? 0n;
}

function readClock(clock: number): bigint {
  const time = new BigInt64Array(2);
  if (libc().clock_gettime(clock, new Uint8Array(time.buffer)) !== 0) {
    throw createBpfError({ operation: 'read the clock', errno: lastErrno() });
  }
  const [seconds = 0n, nanoseconds = 0n] = time;
  return seconds * nanosecondsPerSecond + nanoseconds;
}

/** Seconds and nanoseconds since 1970, for formats that keep them apart. */
export interface WallTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/**
 * Converts the halves of a CLOCK_MONOTONIC timestamp without a bigint per packet: the upper half changes every 4.3 s,
 * and the wall time at which it began is kept.
 */
export function wallClock(offset: bigint): (low: number, high: number) => WallTime {
  let knownHigh = -1;
  let base: WallTime = { seconds: 0, nanoseconds: 0 };
  return (low, high) => {
    if (high !== knownHigh) {
      const nanoseconds = (BigInt(high) << 32n) + offset;
      base = {
        seconds: Number(nanoseconds / nanosecondsPerSecond),
        nanoseconds: Number(nanoseconds % nanosecondsPerSecond),
      };
      knownHigh = high;
    }
    const nanoseconds = base.nanoseconds + low;
    const carry = Math.floor(nanoseconds / 1e9);
    return { seconds: base.seconds + carry, nanoseconds: nanoseconds - carry * 1e9 };
  };
}
