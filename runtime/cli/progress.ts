import { leftOutOf, lostOf, sumMissed } from '../bpf/counts.js';
import type { Reading } from './summary.js';

/** A line of `--stats`: every figure since the beginning, and in parentheses what came since the line before. */
export function describeProgress(
  seconds: number,
  reading: Reading,
  before: Reading | undefined,
): string {
  const last = before === undefined ? undefined : figuresOf(before);
  const parts = figuresOf(reading).flatMap(({ name, figure, isUsual }, index) => {
    const more = figure - (last?.[index]?.figure ?? 0n);
    if (figure === 0n && !isUsual) return [];
    return [`${figure} ${name}${more === 0n ? '' : ` (+${more})`}`];
  });
  return `${seconds} s: ${parts.join(', ')}`;
}

/** Names as in the summary at the end. */
function figuresOf({ total, missed, written }: Reading) {
  return [
    { name: 'seen', figure: total.seen, isUsual: true },
    { name: 'matched', figure: total.matched, isUsual: true },
    { name: 'written', figure: BigInt(written), isUsual: true },
    { name: 'lost', figure: lostOf(total), isUsual: true },
    { name: 'truncated', figure: total.truncated, isUsual: false },
    { name: 'left out', figure: leftOutOf(total), isUsual: false },
    { name: 'missed', figure: sumMissed(missed.map(({ runs }) => runs)) ?? 0n, isUsual: false },
  ] as const;
}
