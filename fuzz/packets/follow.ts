import type { Instruction } from '../../test/oracle/stream.js';
import { pick, type Random, randomBytes } from '../../test/packets/random.js';
import { type Draft, type Guide, holds, type Jump, runProgram, writeBack } from '../program.js';
import { chance } from '../seed.js';
import { type Distances, distancesToAccept, distancesToNew } from './goals.js';

/** Where in the packet a filter looks; what it compared there decides what is a hit and what just a miss. */
export interface Trail {
  /** Ends of the loads, for truncations around them. */
  readonly ends: readonly number[];
}

const longest = 400;

/**
 * Lead drafts through libpcap's own program: at a comparison the bytes it looks at are changed to make it true, or to
 * make it just false, whichever leads to accepting or to where no draft went before. That reaches what random packets
 * never would, and owes nothing to our own compiler.
 */
export function createLeader(
  random: Random,
  program: readonly Instruction[],
): (draft: Draft) => Trail {
  const taken = new Set<number>();
  const toAccept = distancesToAccept(program);
  return (draft) => {
    const ends: number[] = [];
    const obedience = pick(random, [50, 80, 95]);
    const distances = chance(random, 40)
      ? toAccept
      : distancesToNew(program, (at, outcome) => taken.has(at * 2 + Number(outcome)));
    const guide: Guide = {
      load: (end) => {
        ends.push(end);
        if (end > longest || chance(random, 3)) return;
        const missing = randomBytes(random, end - draft.bytes.length + random(8));
        draft.bytes = Uint8Array.from([...draft.bytes, ...missing]);
      },
      jump: (jump) => {
        if (jump.origin !== undefined && jump.origin.field !== 'length')
          ends.push(jump.origin.field.offset + jump.origin.field.width);
        const outcome = steer(
          random,
          jump,
          chance(random, obedience) ? preferred(program, jump, distances) : undefined,
          draft,
        );
        taken.add(jump.at * 2 + Number(outcome));
        return outcome;
      },
    };
    runProgram(program, draft, guide);
    return { ends };
  };
}

/** The outcome that leads nearer to the goal, if one does. */
function preferred(
  program: readonly Instruction[],
  { at }: Jump,
  distances: Distances,
): boolean | undefined {
  const { jumpTrue = 0, jumpFalse = 0 } = program[at] ?? {};
  const whenTrue = distances[at + 1 + jumpTrue] ?? 0;
  const whenFalse = distances[at + 1 + jumpFalse] ?? 0;
  return whenTrue === whenFalse ? undefined : whenTrue < whenFalse;
}

/** Make the draft take the preferred way, most of the time; the answer is the way it takes. */
function steer(random: Random, jump: Jump, goal: boolean | undefined, draft: Draft): boolean {
  const natural = holds(jump);
  if (jump.origin === undefined) return natural;
  const wanted = goal ?? (chance(random, 85) ? natural : !natural);
  if (wanted === natural) return natural;
  writeBack(jump.origin, decisive(random, jump, wanted), draft);
  return holds({ ...jump, left: reread(jump, draft) });
}

/** A value that makes the comparison come out as wanted, next to the border. */
function decisive(random: Random, jump: Jump, wanted: boolean): number {
  const { comparison, left, right } = jump;
  switch (comparison) {
    case 'equal':
      return wanted ? right : right + pick(random, [1, -1, 0x100, 1 << random(32)]);
    case 'greater':
      return wanted ? right + 1 : right;
    case 'at-least':
      return wanted ? right : right - 1;
    case 'any-bit':
      return wanted ? left | (right & -right) : left & ~right;
  }
}

/** The value that the draft gives now. */
function reread({ origin, left }: Jump, draft: Draft): number {
  if (origin === undefined) return left;
  let field = draft.wireLength;
  if (origin.field !== 'length') {
    const { offset, width } = origin.field;
    field = 0;
    for (let byte = 0; byte < width; byte++)
      field = field * 256 + (draft.bytes[offset + byte] ?? 0);
  }
  const bits = (Math.floor(field / 2 ** origin.right) & origin.mask) >>> 0;
  return ((bits << origin.left) + origin.bias) >>> 0;
}
