import { hasPart } from '../ir/children.js';
import type * as Ir from '../ir/nodes.js';
import { baseOf } from '../ir/requirements.js';
import type { Pass } from './pass.js';

/**
 * Make a program for packets that are long enough, beside the one for all of them: check once what the ways that
 * read on ask for, also where another way leads to `accept` without.
 *
 *     need 16; if P then accept else (need 18; …)  =>  need 18, else ask the exact program; if P then accept else (…)
 *
 * A packet that has all that is asked for cannot tell; one that has not starts anew in the program as it was. Ends rise
 * only where a check is already, and not far: hardly any packet should have to start anew. An index that has to be
 * looked up behind another stays, too: what it leads to is missing in half of all packets, and the exact check says no.
 */
export const checkEarly: Pass = {
  name: 'check-early',
  after: ['raise-guards', 'drop-guards'],
  isForQuick: true,
  run: (program) => {
    if (program.exact !== undefined) return program;
    const demands = demandsOf(program);
    let raised = false;
    const blocks = program.blocks.map((block, index) => {
      const guards = block.guards.map((guard) => {
        const early =
          guard.kind === 'bounds' ? raise(guard, demands[index], shortest(program)) : guard;
        raised ||= early !== guard;
        return early;
      });
      return { ...block, guards };
    });
    return raised ? { ...program, blocks, exact: program } : program;
  },
};

/** By what a guard counts from: the end that every way which reads on asks for. Absent: no such way. */
type Demands = ReadonlyMap<string, number>;

function demandsOf({ blocks }: Ir.Program): readonly (Demands | undefined)[] {
  const demands: (Demands | undefined)[] = new Array(blocks.length).fill(undefined);
  const demandOf = (target: Ir.Target) =>
    typeof target === 'number' ? demands[target] : undefined;
  for (let index = blocks.length - 1; index >= 0; index--) {
    const block = blocks[index] as Ir.Block;
    const later = common(demandOf(block.whenTrue), demandOf(block.whenFalse));
    const own = block.guards.filter((guard) => guard.kind === 'bounds');
    if (own.length === 0) {
      // A block that ends here asks for nothing, but is no verdict: what it reads was checked for before.
      demands[index] = later;
      continue;
    }
    const all = new Map(later);
    for (const guard of own) {
      const base = baseOf(guard);
      all.set(base, Math.max(all.get(base) ?? 0, guard.end));
    }
    demands[index] = all;
  }
  return demands;
}

function common(first: Demands | undefined, second: Demands | undefined): Demands | undefined {
  if (first === undefined || second === undefined || first === second) return first ?? second;
  const both = new Map<string, number>();
  for (const [base, end] of first) {
    const other = second.get(base);
    if (other !== undefined) both.set(base, Math.min(end, other));
  }
  return both;
}

/** Every packet of a real network has so many bytes: ARP over Ethernet, or the headers of an empty datagram. */
function shortest({ link }: Ir.Program): number {
  return link === 'ethernet' ? 42 : 28;
}

/** Where longer packets only are looked at, an end rises by this much: from one address of IPv6 to the other. */
const furthest = 16;

function raise(
  guard: Ir.BoundsGuard,
  demands: Demands | undefined,
  shortestPacket: number,
): Ir.BoundsGuard {
  const end = demands?.get(baseOf(guard)) ?? 0;
  if (end <= guard.end || (guard.index !== undefined && readsBehindIndex(guard.index)))
    return guard;
  const isForAll = guard.index === undefined && guard.end <= shortestPacket;
  const most = isForAll ? shortestPacket : guard.end + furthest;
  return end <= most ? { ...guard, end, early: true } : guard;
}

function readsBehindIndex(index: Ir.Expression): boolean {
  return hasPart(index, (part) => part.kind === 'load' && part.index !== undefined);
}
