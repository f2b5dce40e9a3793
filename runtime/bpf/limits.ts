import type { NetcapKnobs } from '../events/generated.js';

/** How many of the packets that match are copied; what is left out is no limit. All hooks and CPUs together. */
export interface Limits {
  /** No more after so many. */
  readonly count?: number;
  /** One of so many, drawn by chance. */
  readonly sample?: number;
  /** Packets per second, 1 to `mostRate`; a burst may have as many at once as come in `burstNanoseconds` at that rate. */
  readonly maxRate?: number;
}

/** What the programs are told of them. */
export type LimitKnobs = Pick<NetcapKnobs, 'count' | 'sample' | 'rateInterval' | 'rateTolerance'>;

/** Bytes of a packet that are kept at most, and by default: tcpdump's, and MAXIMUM_SNAPLEN of libpcap. */
export const mostSnaplenBytes = 262144;

/** All packets are copied. */
export const noLimits: LimitKnobs = { count: 0, sample: 0, rateInterval: 0, rateTolerance: 0 };

const nanosecondsPerSecond = 1_000_000_000;

/** The shortest interval is a nanosecond; nothing comes as fast. */
export const mostRate = nanosecondsPerSecond;

/** Short enough to spare a host, long enough that a timer's tick or a packet train is no loss. */
export const burstNanoseconds = 100_000_000;

/** The most that a knob holds. */
export const mostCount = 0xffff_ffff;

/** The limits as knobs. A count that a knob cannot hold is for the reader alone to heed. */
export function limitKnobs({ count = 0, sample = 1, maxRate }: Limits): LimitKnobs {
  const whole = {
    count: count > mostCount ? 0 : count,
    sample: sample > 1 ? sample : 0,
  };
  if (maxRate === undefined) return { ...noLimits, ...whole };
  // Rounded up: not one packet a second more than was asked for.
  const rateInterval = Math.ceil(nanosecondsPerSecond / maxRate);
  return { ...whole, rateInterval, rateTolerance: Math.max(0, burstNanoseconds - rateInterval) };
}
