import type { Instruction } from '../../test/oracle/stream.js';

const unreachable = 1e9;

/** Steps from each instruction to the goal: an accepting return, or a way out of a jump that nothing has taken yet. */
export type Distances = readonly number[];

/** Distances to accepting. */
export function distancesToAccept(program: readonly Instruction[]): Distances {
  return measure(
    program,
    () => false,
    ({ operand }) => operand !== 0,
  );
}

/** Distances to the nearest outcome of a jump that `isTaken` does not know. */
export function distancesToNew(
  program: readonly Instruction[],
  isTaken: (at: number, outcome: boolean) => boolean,
): Distances {
  return measure(
    program,
    (at, outcome) => !isTaken(at, outcome),
    () => false,
  );
}

/** One pass from the end: apart from the loops of protochain, which lead nowhere new, all jumps go forward. */
function measure(
  program: readonly Instruction[],
  isGoal: (at: number, outcome: boolean) => boolean,
  isGoodReturn: (instruction: Instruction) => boolean,
): Distances {
  const distances: number[] = new Array(program.length + 1).fill(unreachable);
  const distance = (at: number) => distances[at] ?? unreachable;
  for (let at = program.length - 1; at >= 0; at--) {
    const instruction = program[at] as Instruction;
    const { code, operand, jumpTrue, jumpFalse } = instruction;
    if ((code & 7) === 6) distances[at] = isGoodReturn(instruction) ? 0 : unreachable;
    else if (code === 5)
      distances[at] = 1 + (operand < 0x80000000 ? distance(at + 1 + operand) : unreachable);
    else if ((code & 7) === 5)
      distances[at] =
        1 +
        Math.min(
          isGoal(at, true) ? 0 : distance(at + 1 + jumpTrue),
          isGoal(at, false) ? 0 : distance(at + 1 + jumpFalse),
        );
    else distances[at] = 1 + distance(at + 1);
  }
  return distances;
}
