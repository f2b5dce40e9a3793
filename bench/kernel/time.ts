import { type Figure, summarise } from '../measure.js';
import { type BenchPackets, type PacketClass, packetClasses } from '../packets.js';
import type { BenchProgram } from './program.js';

/** Keys of a class's packets, from `first` to before `end`, and the verdict on them. */
export interface Place {
  readonly name: PacketClass;
  readonly matches: boolean;
  readonly first: number;
  readonly end: number;
}

/** ns per packet in each class, and of all classes, which weigh the same. */
export type Times = Readonly<Record<PacketClass | 'mean', Figure>>;

/** Where the packets of each class are when all are put one after the other. */
export function placeClasses(
  packets: BenchPackets,
  matches: (name: PacketClass) => boolean,
): readonly Place[] {
  let end = 0;
  return packetClasses.map((name) => {
    const first = end;
    end += packets[name].length;
    return { name, matches: matches(name), first, end };
  });
}

const rounds = 41;
/** Long enough for the clock, short enough that few samples are interrupted. */
const nanosecondsPerSample = 250_000;

/** A candidate and the empty loop that it is compared with. */
export interface Timed {
  readonly program: BenchProgram;
  readonly empty: BenchProgram;
}

/**
 * Time programs on all classes, one after the other in each round, so that what else the machine does meets all alike.
 * What the empty loop costs in the same round is subtracted.
 */
export function timePrograms<Name extends string>(
  programs: ReadonlyMap<Name, Timed>,
  places: readonly Place[],
): ReadonlyMap<Name, Times> {
  const empties = new Set(Array.from(programs.values(), ({ empty }) => empty));
  const samples = new Map(Array.from(programs.keys(), (name) => [name, places.map(newSamples)]));
  const verdicts = new Map(
    [...empties, ...Array.from(programs.values(), ({ program }) => program)].map((program) => [
      program,
      places.map((place) => chooseVerdicts(program, place)),
    ]),
  );
  const time = (program: BenchProgram, place: number) => {
    const { first = 0, end = 0 } = places[place] ?? {};
    const count = verdicts.get(program)?.[place] ?? 1;
    return program.time(first, end, count) / count;
  };
  for (let round = 0; round < rounds; round++) {
    for (const place of places.keys()) {
      const loops = new Map(Array.from(empties, (empty) => [empty, time(empty, place)]));
      for (const [name, { program, empty }] of programs)
        samples.get(name)?.[place]?.push(time(program, place) - (loops.get(empty) ?? Number.NaN));
    }
  }
  return new Map(Array.from(samples, ([name, values]) => [name, summariseClasses(places, values)]));
}

const newSamples = (): number[] => [];

function chooseVerdicts(program: BenchProgram, { first, end }: Place): number {
  const few = 1000;
  program.time(first, end, few);
  const nanoseconds = program.time(first, end, few) / few;
  return Math.max(2, Math.round(nanosecondsPerSample / nanoseconds));
}

function summariseClasses(places: readonly Place[], values: readonly (readonly number[])[]): Times {
  const means = Array.from({ length: rounds }, (_, round) => {
    const ofRound = values.map((ofClass) => ofClass[round] ?? Number.NaN);
    return ofRound.reduce((sum, value) => sum + value, 0) / ofRound.length;
  });
  const classes = places.map(({ name }, place) => [name, summarise(values[place] ?? [])]);
  return { ...Object.fromEntries(classes), mean: summarise(means) };
}
