import { invariant } from '../diagnostics/invariant.js';
import type * as Ir from './nodes.js';

/**
 * Builds a program back to front: a block is added after the blocks it leads to, which is what lowering short
 * circuits by continuation wants. `finish` turns the order round, so that every edge leads forward.
 */
export interface GraphBuilder {
  readonly add: (block: Ir.Block) => Ir.Target;
  readonly finish: (link: Ir.Link, entry: Ir.Target) => Ir.Program;
}

/** A builder with no blocks. Targets it hands out count from the end until `finish`. */
export function createGraph(): GraphBuilder {
  const added: Ir.Block[] = [];
  return {
    add: (block) => added.push(block) - 1,
    finish: (link, entry) => {
      const last = added.length - 1;
      const turn = (target: Ir.Target) => (typeof target === 'number' ? last - target : target);
      const blocks = added.reverse().map((block) => ({
        ...block,
        whenTrue: turn(block.whenTrue),
        whenFalse: turn(block.whenFalse),
      }));
      return removeUnreachable({ link, guarded: false, entry: turn(entry), blocks });
    },
  };
}

/** The program without blocks that no edge leads to, the rest renumbered in the same order. */
export function removeUnreachable(program: Ir.Program): Ir.Program {
  const reached = new Uint8Array(program.blocks.length);
  const mark = (target: Ir.Target) => {
    if (typeof target === 'number') reached[target] = 1;
  };
  mark(program.entry);
  program.blocks.forEach((block, index) => {
    if (reached[index] === 0) return;
    mark(block.whenTrue);
    mark(block.whenFalse);
  });
  if (reached.every((flag) => flag === 1)) return program;

  const order = program.blocks.map((_, index) => index).filter((index) => reached[index] === 1);
  return rearrange(program, order);
}

/** The program of these blocks alone, in this order. */
function rearrange(program: Ir.Program, order: readonly number[]): Ir.Program {
  const places = new Int32Array(program.blocks.length).fill(-1);
  order.forEach((from, to) => {
    places[from] = to;
  });
  const move = (target: Ir.Target): Ir.Target => {
    if (typeof target !== 'number') return target;
    const moved = places[target];
    invariant(moved !== undefined && moved >= 0, `edge to removed block ${target}`);
    return moved;
  };
  const blocks = order.map((from) => {
    const block = program.blocks[from] as Ir.Block;
    return { ...block, whenTrue: move(block.whenTrue), whenFalse: move(block.whenFalse) };
  });
  return { ...program, entry: move(program.entry), blocks };
}

/** How many edges lead to each block, the program's entry included. */
export function countEntries({ entry, blocks }: Ir.Program): Uint32Array {
  const entries = new Uint32Array(blocks.length);
  const count = (target: Ir.Target) => {
    if (typeof target === 'number') entries[target] = (entries[target] ?? 0) + 1;
  };
  count(entry);
  for (const { whenTrue, whenFalse } of blocks) {
    count(whenTrue);
    count(whenFalse);
  }
  return entries;
}

/**
 * The program with every edge leading forward again, whatever order its blocks are in, and without blocks that no edge
 * leads to. What follows the true edge comes first.
 */
export function inOrder(program: Ir.Program): Ir.Program {
  const last: number[] = [];
  const state = new Uint8Array(program.blocks.length);
  const stack: Ir.Target[] = [program.entry];
  for (let target = stack.pop(); target !== undefined; target = stack.pop()) {
    if (typeof target !== 'number' || state[target] === done) continue;
    if (state[target] === open) {
      state[target] = done;
      last.push(target);
      continue;
    }
    state[target] = open;
    const { whenTrue, whenFalse } = program.blocks[target] as Ir.Block;
    // The block itself comes off the stack again once both are done.
    stack.push(target, whenTrue, whenFalse);
  }
  const order = last.reverse();
  const isInOrder =
    order.length === program.blocks.length && order.every((from, to) => from === to);
  return isInOrder ? program : rearrange(program, order);
}

/** How far `inOrder` is with a block. */
const open = 1;
const done = 2;
