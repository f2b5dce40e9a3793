/** Sums over what programs and the kernel count. Pure. */
import type { NetcapCounters } from '../events/generated.js';

/** Nothing has happened. */
export const noCounters: NetcapCounters = {
  seen: 0n,
  matched: 0n,
  ringFull: 0n,
  readFailed: 0n,
  truncated: 0n,
  sampledOut: 0n,
  limited: 0n,
  surplus: 0n,
};

/** Member by member. */
export function sumCounters(counters: readonly NetcapCounters[]): NetcapCounters {
  return counters.reduce(
    (sum, next) => ({
      seen: sum.seen + next.seen,
      matched: sum.matched + next.matched,
      ringFull: sum.ringFull + next.ringFull,
      readFailed: sum.readFailed + next.readFailed,
      truncated: sum.truncated + next.truncated,
      sampledOut: sum.sampledOut + next.sampledOut,
      limited: sum.limited + next.limited,
      surplus: sum.surplus + next.surplus,
    }),
    noCounters,
  );
}

/** Matched, and was to be copied, but did not get through. */
export function lostOf({ ringFull, readFailed }: NetcapCounters): bigint {
  return ringFull + readFailed;
}

/** Matched, and was not to be copied. */
export function leftOutOf({ sampledOut, limited, surplus }: NetcapCounters): bigint {
  return sampledOut + limited + surplus;
}

/** Handed to user space. */
export function copiedOf(counters: NetcapCounters): bigint {
  return counters.matched - lostOf(counters) - leftOutOf(counters);
}

/** All runs that the kernel left out; undefined if nothing is known of a part. */
export function sumMissed(runs: readonly (bigint | undefined)[]): bigint | undefined {
  return runs.reduce(
    (sum, next) => (sum === undefined || next === undefined ? undefined : sum + next),
    0n,
  );
}
