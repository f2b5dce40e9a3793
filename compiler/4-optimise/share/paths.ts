import type * as Ir from '../../ir/nodes.js';

/** A set of small numbers, one bit each. */
export type Bits = bigint;

/** For each block what is evaluated on some way to it. */
export function seenOnSomeWay(program: Ir.Program, uses: readonly Bits[]): readonly Bits[] {
  const seen: Bits[] = program.blocks.map(() => 0n);
  program.blocks.forEach(({ whenTrue, whenFalse }, index) => {
    const after = (seen[index] ?? 0n) | (uses[index] ?? 0n);
    for (const target of [whenTrue, whenFalse])
      if (typeof target === 'number') seen[target] = (seen[target] ?? 0n) | after;
  });
  return seen;
}

/** For each block what is evaluated there or later, whichever way a packet takes. */
export function neededOnEveryWay(program: Ir.Program, uses: readonly Bits[]): readonly Bits[] {
  const needed: Bits[] = program.blocks.map(() => 0n);
  const at = (target: Ir.Target) => (typeof target === 'number' ? (needed[target] ?? 0n) : 0n);
  for (let index = program.blocks.length - 1; index >= 0; index--) {
    const { whenTrue, whenFalse } = program.blocks[index] as Ir.Block;
    needed[index] = (uses[index] ?? 0n) | (at(whenTrue) & at(whenFalse));
  }
  return needed;
}

/** The numbers in a set, in order. */
export function membersOf(bits: Bits): readonly number[] {
  const members: number[] = [];
  for (let member = 0; bits >> BigInt(member) !== 0n; member++)
    if ((bits >> BigInt(member)) & 1n) members.push(member);
  return members;
}
