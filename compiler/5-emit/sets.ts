import type { IntervalSet } from '../ir/interval-set.js';
import type * as Ir from '../ir/nodes.js';
import { planSearch, type SearchIndex } from './search-plan.js';
import { createWriter, type Writer } from './writer.js';

/** Names of the functions that tell whether a number is in a set, in the order in which programs ask first. */
export type SetNames = ReadonlyMap<IntervalSet, string>;

/** Functions of interval-sets.h: `count` is followed by the number of bits. */
const findFunctions = {
  bit: 'netcap_find_bit',
  count: 'netcap_count',
  start: 'netcap_start',
} as const;

/** Whether the code calls any of them. */
export function callsFind(code: string): boolean {
  return Object.values(findFunctions).some((name) => code.includes(name));
}

/** The sets of some programs; those that are equal have one name. */
export function nameSets(programs: readonly Ir.Program[]): SetNames {
  const names = new Map<IntervalSet, string>();
  const known = new Map<string, string>();
  for (const { blocks } of programs.flatMap((program) => [program, program.exact ?? program]))
    for (const { test } of blocks) {
      if (test.kind !== 'member' || names.has(test.set)) continue;
      const key = keyOf(test.set);
      const name = known.get(key) ?? `netcap_set_${known.size + 1}`;
      known.set(key, name);
      names.set(test.set, name);
    }
  return names;
}

function keyOf({ words, intervals }: IntervalSet): string {
  return [words, ...intervals.map(({ low, high }) => `${low}-${high}`)].join();
}

/** The functions, and the tables that they look into. */
export function emitSets(names: SetNames): string {
  if (names.size === 0) return '';
  const writer = createWriter();
  const sets = new Map([...names].map(([set, name]) => [name, set]));
  for (const [name, set] of sets) {
    emitSet(writer, set, name);
    writer.blank();
  }
  return writer.text();
}

/** Up to so many intervals are compared one by one. */
const mostCompared = 4;

/** Numbers of a set that are no further apart have a bit each in one word. */
const widestMask = 64n;

/** Numbers up to here have a bit each where there are many intervals: ports. */
const mostBits = 0xffff;

/** How a number is looked for in a set. */
export function wayToFind({
  words,
  intervals,
}: IntervalSet): 'compare' | 'mask' | 'bits' | 'search' {
  const first = intervals[0]?.low ?? 0n;
  const last = intervals.at(-1)?.high ?? 0n;
  if (words === 1 && intervals.length > 1 && last - first < widestMask) return 'mask';
  if (words === 1 && intervals.length <= mostCompared) return 'compare';
  return words === 1 && last <= mostBits ? 'bits' : 'search';
}

function emitSet(writer: Writer, set: IntervalSet, name: string): void {
  switch (wayToFind(set)) {
    case 'compare':
      emitComparisons(writer, set, name);
      break;
    case 'mask':
      emitMask(writer, set, name);
      break;
    case 'bits':
      emitBits(writer, set, name);
      break;
    case 'search':
      emitSearch(writer, set, name);
      break;
  }
}

function emitComparisons(writer: Writer, { intervals }: IntervalSet, name: string): void {
  const conditions = intervals.map(({ low, high }) => {
    if (low === high) return `value == ${number(low)}`;
    return low === 0n
      ? `value <= ${number(high)}`
      : `value - ${number(low)} <= ${number(high - low)}`;
  });
  writer.func(`static __always_inline bool ${name}(__u32 value)`, () =>
    writer.line(`return ${conditions.join(' || ')};`),
  );
}

/** As in the rest of the C: small numbers are decimal. */
function number(value: bigint): string {
  return value < 256n ? `${value}U` : `0x${value.toString(16)}U`;
}

/** What is below the first number wraps around to above the last. */
function emitMask(writer: Writer, { intervals }: IntervalSet, name: string): void {
  const first = intervals[0]?.low ?? 0n;
  const last = intervals.at(-1)?.high ?? 0n;
  let mask = 0n;
  for (const { low, high } of intervals) mask |= ((1n << (high - low + 1n)) - 1n) << (low - first);
  const place = first === 0n ? 'value' : `value - ${number(first)}`;
  writer.func(`static __always_inline bool ${name}(__u32 value)`, () => {
    writer.line(`__u32 place = ${place};`);
    writer.line(`return place <= ${last - first} && 0x${mask.toString(16)}ULL >> place & 1;`);
  });
}

function emitBits(writer: Writer, { intervals }: IntervalSet, name: string): void {
  const words = new Array<bigint>((mostBits + 1) / 64).fill(0n);
  for (const { low, high } of intervals)
    for (let number = Number(low); number <= high; number++)
      words[number >> 6] = (words[number >> 6] ?? 0n) | (1n << BigInt(number & 63));
  emitTable(writer, '__u64', `${name}_bits`, words);
  writer.func(`static __always_inline bool ${name}(__u32 value)`, () =>
    writer.line(`return ${findFunctions.bit}(${name}_bits, value);`),
  );
}

/** Bits of the numbers that are searched for: what C has a type for, or two of its longest. */
const searched = { 1: 32, 2: 64, 3: 128, 4: 128 } as const;

function emitSearch(writer: Writer, set: IntervalSet, name: string): void {
  const bits = searched[set.words];
  const { bounds, depth, isOdd, index } = planSearch(set);
  // Three words stand in the upper part of four.
  const shift = BigInt(bits - 32 * set.words);
  const table = `${name}_bounds`;
  emitBounds(
    writer,
    table,
    bits,
    bounds.map((bound) => bound << shift),
  );
  if (index !== undefined) emitTable(writer, '__u32', `${name}_starts`, index.starts.map(BigInt));
  const parameters = ['first', 'second', 'third', 'fourth'].slice(0, set.words);
  const words = [...parameters, '0'];
  const pair = (place: number) => `(__u64)${words[place]} << 32 | ${words[place + 1]}`;
  const value = { 32: 'first', 64: pair(0), 128: `${pair(0)}, ${pair(2)}` }[bits];
  const from = index === undefined ? '0' : 'start';
  const most = bounds.length - 1;
  const count = `${findFunctions.count}${bits}(${table}, ${most}, ${from}, ${depth}, ${value})`;
  const list = parameters.map((parameter) => `__u32 ${parameter}`).join(', ');
  writer.func(`static __always_inline bool ${name}(${list})`, () => {
    if (index !== undefined) emitStart(writer, index, name);
    writer.line(isOdd ? `return ${count} & 1;` : `return !(${count} & 1);`);
  });
}

function emitBounds(
  writer: Writer,
  table: string,
  bits: 32 | 64 | 128,
  bounds: readonly bigint[],
): void {
  const numbers =
    bits === 128 ? bounds.flatMap((bound) => [bound >> 64n, bound & 0xffffffffffffffffn]) : bounds;
  emitTable(writer, bits === 32 ? '__u32' : '__u64', table, numbers);
}

/** What is below the first number wraps around to above the last. */
function emitStart(
  writer: Writer,
  { first, last, shift, starts }: SearchIndex,
  name: string,
): void {
  writer.line(`__u32 offset = first - ${number(first)};`);
  writer.line('__u64 start;');
  writer.blank();
  writer.line(`if (offset > ${number(last - first)})`);
  writer.line('\treturn false;');
  writer.line(
    `start = ${findFunctions.start}(${name}_starts, ${starts.length - 1}, offset >> ${shift});`,
  );
}

const numbersPerLine = 6;

function emitTable(writer: Writer, type: string, name: string, numbers: readonly bigint[]): void {
  writer.line(`static const ${type} ${name}[] __table = {`);
  for (let index = 0; index < numbers.length; index += numbersPerLine) {
    const line = numbers
      .slice(index, index + numbersPerLine)
      .map((each) => `0x${each.toString(16)},`);
    writer.line(`\t${line.join(' ')}`);
  }
  writer.line('};');
}
