import { divides, expressionKey, hasPart } from '../ir/children.js';
import type * as Ir from '../ir/nodes.js';
import type { Pass } from './pass.js';
import { createNames, type Names } from './share/names.js';
import { visitOccurrences } from './share/occurrences.js';
import { place, type Shareable } from './share/place.js';
import { chooseWindows, type Window } from './share/windows.js';

/**
 * Read each field once on any way, with its neighbours, and compute once where a header ends.
 *
 *     if [12:2] == 0x800 …; need (([14:1] & 15) << 2) + 18; if [(([14:1] & 15) << 2) + 16:2] == 80 …
 *         =>  word_12 = [12:4]; if word_12[0:2] == 0x800 …;
 *             index = (word_12[2:1] & 15) << 2; need index + 18; if [index + 16:2] == 80 …
 *
 * Sound because a variable is only read where the guards have passed that the loads need which it stands for; what it
 * was given before that, where the packet lacks bytes, nobody reads.
 */
export const shareLoads: Pass = {
  name: 'share-loads',
  isForQuick: true,
  after: ['drop-guards', 'merge-compares', 'merge-ranges', 'settle-variables'],
  run: (program) => {
    const hidden = program.blocks.length > mostBlocks;
    const names = createNames();
    let shared = program;
    // Each round names the innermost: what is counted from a header, and then what is counted from what that holds.
    for (let round = 0; round < rounds; round++) {
      const indexes = innermostIndexes(shared);
      if (indexes.length === 0) break;
      shared = place(
        shared,
        indexes.map((index) => shareWhole(names.ofIndex(index), index, hidden)),
      );
    }
    return place(
      shared,
      chooseWindows(shared).map((window) => shareWindow(names, window, hidden)),
    );
  },
};

/**
 * In larger programs variables are hidden from the kernel's verifier. What a test has told of one it remembers in all
 * that follows, and follows it again for each thing that it may remember: sixty hosts with a port each are more than it
 * can take. A copy that it does not know to be one costs an instruction.
 */
const mostBlocks = 24;

/** No header's place depends on so many others. */
const rounds = 4;

function innermostIndexes(program: Ir.Program): readonly Ir.Binary[] {
  const found = new Map<string, Ir.Binary>();
  const visitIndex = (index: Ir.Expression | undefined) => {
    if (index?.kind !== 'binary') return;
    if (!isInnermost(index)) return;
    found.set(expressionKey(index), index);
  };
  for (const block of program.blocks) {
    for (const guard of block.guards) if (guard.kind === 'bounds') visitIndex(guard.index);
    visitOccurrences(block, (expression) => {
      if (expression.kind === 'load') visitIndex(expression.index);
    });
  }
  return [...found.values()];
}

/** Whether it reads nothing at another index, and cannot reject by itself. */
function isInnermost(index: Ir.Binary): boolean {
  const isBehindIndex = (part: Ir.Expression) =>
    part.kind === 'load' && part.index?.kind === 'binary';
  return !divides(index) && !hasPart(index, isBehindIndex);
}

function shareWhole(name: string, of: Ir.Expression, hidden: boolean): Shareable {
  const variable = { kind: 'variable', name, of, ...(hidden && { hidden }) } as const;
  return { variable, uses: new Map([[expressionKey(of), variable]]) };
}

function shareWindow(names: Names, { load, parts }: Window, hidden: boolean): Shareable {
  const name = names.ofLoad(load);
  const word = { kind: 'variable', name, of: load, ...(hidden && { hidden }) } as const;
  const whole = expressionKey(load);
  const uses = parts.map((of) => {
    const key = expressionKey(of);
    return [key, key === whole ? word : ({ kind: 'slice', word, of } as const)] as const;
  });
  return { variable: word, uses: new Map(uses) };
}
