import { constant } from '../../ir/build.js';
import { expressionKey, guardExpressions, hasPart } from '../../ir/children.js';
import { inOrder } from '../../ir/graph.js';
import type * as Ir from '../../ir/nodes.js';
import { mapExpressions, visitOccurrences } from './occurrences.js';
import { type Bits, membersOf, neededOnEveryWay, seenOnSomeWay } from './paths.js';

/** An expression that may be evaluated once for several uses. */
export interface Shareable {
  readonly variable: Ir.Variable & { readonly of: Ir.Expression };
  /** What is written for a use of it, or of a part of it, by the expression's key. */
  readonly uses: ReadonlyMap<string, Ir.Variable | Ir.Slice>;
}

/**
 * The program with those of the expressions in variables that some way evaluates more than once: where a way needs one
 * first, it is assigned; where ways meet of which only some have it, and all need it, it is assigned on the others.
 */
export function place(program: Ir.Program, shareables: readonly Shareable[]): Ir.Program {
  const numbers = new Map(
    shareables.flatMap(({ uses }, index) => [...uses.keys()].map((key) => [key, index])),
  );
  const numberOf = (expression: Ir.Expression) =>
    expression.kind === 'load' || expression.kind === 'binary'
      ? numbers.get(expressionKey(expression))
      : undefined;
  const uses = program.blocks.map((block) => usesOf(block, numberOf));
  const seen = seenOnSomeWay(
    program,
    uses.map(({ all }) => all),
  );
  const repeated = uses.reduce(
    (bits, { all, twice }, index) => bits | twice | (all & (seen[index] ?? 0n)),
    0n,
  );
  if (repeated === 0n) return program;
  const wanted = uses.map(({ all }) => all & repeated);
  const needed = neededOnEveryWay(program, wanted);
  const variables = shareables.map(({ variable }) => variable);
  const placed = assign(program, variables, { wanted, needed, numberOf });
  const blocks = placed.blocks.map((block) =>
    mapExpressions(block, (expression) => {
      const number = numberOf(expression);
      if (number === undefined || !((repeated >> BigInt(number)) & 1n)) return undefined;
      return shareables[number]?.uses.get(expressionKey(expression));
    }),
  );
  return inOrder({ ...placed, blocks });
}

/** Which of the expressions it is, or is a part of. */
type NumberOf = (expression: Ir.Expression) => number | undefined;

function usesOf(block: Ir.Block, numberOf: NumberOf): { readonly all: Bits; readonly twice: Bits } {
  let all = 0n;
  let twice = 0n;
  visitOccurrences(block, (expression) => {
    const number = numberOf(expression);
    if (number === undefined) return;
    const bit = 1n << BigInt(number);
    twice |= all & bit;
    all |= bit;
  });
  return { all, twice };
}

/** An edge that leads to a block. */
interface Edge {
  /** Absent: the program's entry. */
  readonly from?: number;
  readonly side: 'entry' | 'whenTrue' | 'whenFalse';
  /** What has been assigned when a packet takes it. */
  readonly has: Bits;
}

/** For each block what it uses, and what every way on from it needs. */
interface Demand {
  readonly wanted: readonly Bits[];
  readonly needed: readonly Bits[];
  readonly numberOf: NumberOf;
}

type StandIn = Shareable['variable'];

function assign(
  program: Ir.Program,
  variables: readonly StandIn[],
  { wanted, needed, numberOf }: Demand,
): Ir.Program {
  const edges: Edge[][] = program.blocks.map(() => []);
  const blocks = [...program.blocks];
  let { entry } = program;
  const lead = (edge: Edge, target: number) => {
    if (edge.from === undefined) entry = target;
    else blocks[edge.from] = { ...(blocks[edge.from] as Ir.Block), [edge.side]: target };
  };
  const insert = (bits: Bits, target: number) => {
    const { span } = blocks[target] as Ir.Block;
    const assignments = assignmentsOf(bits, variables);
    const test = constant(1);
    blocks.push({ guards: [], assignments, test, whenTrue: target, whenFalse: target, span });
    return blocks.length - 1;
  };
  const join = (edge: Edge, target: Ir.Target) => {
    if (typeof target === 'number') edges[target]?.push(edge);
  };
  join({ side: 'entry', has: 0n }, entry);
  program.blocks.forEach((block, index) => {
    const ways = edges[index] ?? [];
    const some = ways.reduce((bits, { has }) => bits | has, 0n);
    const all = ways.reduce((bits, { has }) => bits & has, some);
    const want = wanted[index] ?? 0n;
    const meeting = (want | (needed[index] ?? 0n)) & some & ~all;
    const own = want & ~some;
    let target = index;
    if (own !== 0n && isGuardedBy(block, own, numberOf)) target = insert(own, index);
    else if (own !== 0n) {
      const assignments = [...assignmentsOf(own, variables), ...(block.assignments ?? [])];
      blocks[index] = { ...block, assignments };
    }
    const inserted = new Map<Bits, number>([[0n, target]]);
    for (const way of ways) {
      const lacking = meeting & ~way.has;
      const through = inserted.get(lacking) ?? insert(lacking, target);
      inserted.set(lacking, through);
      if (through !== index) lead(way, through);
    }
    const has = all | meeting | own;
    join({ from: index, side: 'whenTrue', has }, block.whenTrue);
    join({ from: index, side: 'whenFalse', has }, block.whenFalse);
  });
  return { ...program, entry, blocks };
}

/** Whether a guard evaluates one of them: what it needs has to be assigned in a block before. */
function isGuardedBy(block: Ir.Block, bits: Bits, numberOf: NumberOf): boolean {
  const isOne = (expression: Ir.Expression) => {
    const number = numberOf(expression);
    return number !== undefined && ((bits >> BigInt(number)) & 1n) !== 0n;
  };
  return guardExpressions(block).some((subject) => hasPart(subject, isOne));
}

/** Those that others are made of come first: they are shorter. */
function assignmentsOf(bits: Bits, variables: readonly StandIn[]): readonly Ir.Assignment[] {
  return membersOf(bits)
    .map((index) => variables[index] as StandIn)
    .sort((one, other) => expressionKey(one).length - expressionKey(other).length)
    .map((variable) => ({ variable, value: variable.of }));
}
