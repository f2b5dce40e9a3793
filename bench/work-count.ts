import { planSearch } from '../compiler/5-emit/search-plan.js';
import { wayToFind } from '../compiler/5-emit/sets.js';
import { interpret, type Packet } from '../compiler/ir/interpret.js';
import type { IntervalSet } from '../compiler/ir/interval-set.js';
import type * as Ir from '../compiler/ir/nodes.js';
import { runProgram } from '../fuzz/program.js';
import type { Instruction } from '../test/oracle/stream.js';

/** What is executed for a packet. */
export interface Work {
  /** Reads of packet bytes, whatever their width. */
  readonly loads: number;
  /** Comparisons that decide where to go on. */
  readonly tests: number;
  /** Checks that the packet has the bytes: our guards, and one in each load of classic BPF. */
  readonly bounds: number;
}

/** All of it together: what programs are compared by. */
export function total({ loads, tests, bounds }: Work): number {
  return loads + tests + bounds;
}

/**
 * What our program does: everything that the emitted C says, in the order it says it, before clang shares or moves
 * anything. A load for each read, a test for each compare and each divisor that may not be 0, bounds for each guard.
 */
export function countOurs(
  program: Ir.Program,
  packet: Packet,
): Work & { readonly matches: boolean } {
  let loads = 0;
  let tests = 0;
  let bounds = 0;
  const add = (work: Work) => {
    loads += work.loads;
    tests += work.tests;
    bounds += work.bounds;
  };
  const matches = interpret(program, packet, {
    onEvaluate: (part) => add(workOf(part)),
    onSearch: (set, number) => add({ ...none, tests: searchTests(set, number) }),
    onHeader: () => add(headerWork),
  });
  return { matches, loads, tests, bounds };
}

function workOf(part: Ir.Guard | Ir.Test | Ir.Expression): Work {
  switch (part.kind) {
    case 'bounds':
      return { ...none, bounds: 1 };
    case 'divisor':
    case 'compare':
    case 'match':
      return { ...none, tests: 1 };
    case 'header-chain':
      // header-chain.h: bounds and fields of the first header, the round that ends it, the two tests of what was found.
      return { loads: part.family === 'ip' ? 2 : 1, tests: headerWork.tests + 2, bounds: 1 };
    case 'load':
      return { ...none, loads: 1 };
    case 'member':
    case 'constant':
    case 'length':
    case 'metadata':
    case 'variable':
    case 'slice':
    case 'binary':
      return none;
  }
}

const none: Work = { loads: 0, tests: 0, bounds: 0 };

/**
 * Comparisons of a search, as 5-emit/sets.ts writes it. Those that halve a table count although they are no branches;
 * what is read from a table is no packet.
 */
function searchTests(set: IntervalSet, number: bigint): number {
  const { words, intervals } = set;
  switch (wayToFind(set)) {
    case 'compare': {
      // One after the other, until one contains it.
      const found = intervals.findIndex(({ low, high }) => low <= number && number <= high);
      const asked = found === -1 ? intervals : intervals.slice(0, found + 1);
      return asked.length;
    }
    case 'mask': {
      // Between the first number and the last, and then its bit.
      const [first, last] = [intervals[0], intervals.at(-1)];
      return first && last && first.low <= number && number <= last.high ? 2 : 1;
    }
    case 'bits':
      return 2;
    case 'search': {
      // Whether it is in the range at all, if the search is only within a part.
      const { depth, index } = planSearch(set);
      if (index !== undefined && (number < index.first || number > index.last)) return 1;
      return (index === undefined ? 0 : 1) + depth * Math.ceil(words / 2) + 1;
    }
  }
}

/** A round of netcap_walk_chain: its count, the wanted protocol, two tests of what chains. */
const headerWork: Work = { loads: 1, tests: 4, bounds: 1 };

/**
 * What a classic BPF program does: a load, with its check of bounds, for each instruction that reads the packet, a test
 * for each conditional jump.
 */
export function countTheirs(program: readonly Instruction[], packet: Packet): Work {
  const visited = runProgram(program, { bytes: packet.bytes, wireLength: packet.length });
  const codes = visited.map((at) => program[at]?.code ?? 0);
  const loads = codes.filter(readsPacket).length;
  const tests = codes.filter((code) => (code & 7) === jump && (code & 0xf0) !== 0).length;
  return { loads, tests, bounds: loads };
}

/** Class of jumps, and modes of loads from the packet (linux/bpf_common.h). */
const jump = 5;
const packetModes: readonly number[] = [0x20, 0x40, 0xa0];

function readsPacket(code: number): boolean {
  return (code & 7) <= 1 && packetModes.includes(code & 0xe0);
}
