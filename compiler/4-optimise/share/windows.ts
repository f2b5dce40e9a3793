import { divides, expressionKey } from '../../ir/children.js';
import type * as Ir from '../../ir/nodes.js';
import { baseOf } from '../../ir/requirements.js';
import { visitOccurrences } from './occurrences.js';
import { type Bits, seenOnSomeWay } from './paths.js';

/** A load, and the loads of a program that it takes the place of. */
export interface Window {
  readonly load: Ir.Load;
  readonly parts: readonly Ir.Load[];
}

/**
 * The loads of a program, those gathered into one of up to eight bytes that are near each other and that some way needs
 * both of: EtherType and header length, fragment offset and protocol, both ports.
 */
export function chooseWindows(program: Ir.Program): readonly Window[] {
  const loads = new Map<string, Ir.Load>();
  const numbers = new Map<string, number>();
  const uses = program.blocks.map((block) => {
    let bits = 0n;
    visitOccurrences(block, (expression) => {
      if (expression.kind !== 'load' || divides(expression)) return;
      const key = expressionKey(expression);
      if (!loads.has(key)) {
        if (loads.size >= mostLoads) return;
        numbers.set(key, loads.size);
        loads.set(key, expression);
      }
      bits |= 1n << BigInt(numbers.get(key) ?? 0);
    });
    return bits;
  });
  const together = findTogether(program, uses, loads.size);
  const left = [...loads.values()].sort((one, other) => one.offset - other.offset);
  const numberOf = (load: Ir.Load) => numbers.get(expressionKey(load)) ?? 0;
  const windows: Window[] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const parts = [first];
    const isNear = (load: Ir.Load) =>
      baseOf(load) === baseOf(first) && load.offset + load.width <= first.offset + widest;
    for (const load of [...left]) {
      const isWith = parts.some(
        (part) => ((together[numberOf(part)] ?? 0n) >> BigInt(numberOf(load))) & 1n,
      );
      if (!isNear(load) || !isWith) continue;
      parts.push(load);
      left.splice(left.indexOf(load), 1);
    }
    windows.push({ load: parts.length === 1 ? first : around(parts), parts });
  }
  return windows;
}

const widest = 8;

/** Beyond this many no other is shared, so that long lists of fields stay linear. */
const mostLoads = 128;

/** By number, the loads that are needed on one way with it. */
function findTogether(program: Ir.Program, uses: readonly Bits[], count: number): readonly Bits[] {
  const together: Bits[] = new Array(count).fill(0n);
  const seen = seenOnSomeWay(program, uses);
  uses.forEach((used, block) => {
    const before = (seen[block] ?? 0n) | used;
    for (let one = 0; one < count; one++) {
      if (((used >> BigInt(one)) & 1n) === 0n) continue;
      together[one] = (together[one] ?? 0n) | before;
      for (let other = 0; other < count; other++)
        if ((before >> BigInt(other)) & 1n)
          together[other] = (together[other] ?? 0n) | (1n << BigInt(one));
    }
  });
  return together;
}

function around(parts: readonly Ir.Load[]): Ir.Load {
  const first = parts[0] as Ir.Load;
  const end = Math.max(...parts.map(({ offset, width }) => offset + width));
  const width = end - first.offset <= 4 ? 4 : widest;
  let offset = first.offset;
  for (let start = first.offset; start >= Math.max(0, end - width); start--)
    if (alignment(start) > alignment(offset)) offset = start;
  return { ...first, width, offset };
}

/** In an Ethernet frame, 2 bytes behind a multiple of 8: so that what comes behind its header is at one of 4. */
function alignment(offset: number): number {
  const place = offset + 2;
  return place & -place;
}
