import type { Layer } from '../3-lower/layer.js';
import type * as Resolved from '../ast/resolved.js';
import { blockExpressions, visitExpression } from '../ir/children.js';
import type * as Ir from '../ir/nodes.js';
import { printExpression } from '../ir/print.js';
import { fieldOf, isHeaderLength } from './fields.js';

/** Bytes that a term reads of a packet, if evaluation gets that far. */
export interface Read {
  /** What the bytes are counted from beside the packet's start, where that depends on the packet. */
  readonly from?: string;
  readonly first: number;
  /** Absent where it depends on the packet. */
  readonly last?: number;
  /** What is there, where that is known. */
  readonly field?: string;
}

type Layers = ReadonlyMap<Resolved.Primitive, Layer>;

/** What each primitive reads, in the order in which it does; one that the link type decides reads nothing. */
export function readsOf(
  program: Ir.Program,
  layers: Layers,
): ReadonlyMap<Resolved.Primitive, readonly Read[]> {
  const reads = new Map<Resolved.Primitive, Read[]>();
  const ownersAt = findOwners([...layers.keys()]);
  for (const block of program.blocks)
    for (const primitive of ownersAt(block.span.start)) {
      const layer = layers.get(primitive);
      const list = reads.get(primitive) ?? [];
      reads.set(primitive, list);
      if (layer) for (const read of readsOfBlock(block, primitive, layer)) add(list, read);
    }
  return reads;
}

/** Tells which primitives asked for a block, by where its span starts: several if one word stands for all of them. */
function findOwners(
  primitives: readonly Resolved.Primitive[],
): (offset: number) => readonly Resolved.Primitive[] {
  const groups = new Map<number, Resolved.Primitive[]>();
  for (const primitive of primitives) {
    const group = groups.get(primitive.span.start) ?? [];
    group.push(primitive);
    groups.set(primitive.span.start, group);
  }
  const starts = [...groups.keys()].sort((a, b) => a - b);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return groups.get(starts[low - 1] ?? -1) ?? [];
  };
}

function readsOfBlock(
  block: Ir.Block,
  primitive: Resolved.Primitive,
  layer: Layer,
): readonly Read[] {
  if (block.test.kind === 'header-chain')
    return [{ first: block.test.offset, field: 'IP header, and the headers behind it' }];
  const reads: Read[] = [];
  for (const expression of blockExpressions(block))
    visitExpression(expression, (part) => {
      if (part.kind === 'load') reads.push(readOf(part, primitive, layer));
    });
  return reads;
}

function readOf(load: Ir.Load, primitive: Resolved.Primitive, layer: Layer): Read {
  const field = fieldOf(primitive, layer, load);
  return {
    ...(load.index && { from: describeBase(layer, load.index) }),
    first: load.offset,
    last: load.offset + load.width - 1,
    ...(field !== undefined && { field }),
  };
}

/** Widen the read of the same field that overlaps or touches, or add one. */
function add(reads: Read[], read: Read): void {
  const last = read.last ?? read.first;
  const at = reads.findIndex(
    (each) =>
      each.from === read.from &&
      each.field === read.field &&
      each.first <= last + 1 &&
      read.first <= (each.last ?? each.first) + 1,
  );
  const same = reads[at];
  if (same === undefined) reads.push(read);
  else if (same.last !== undefined)
    reads[at] = {
      ...same,
      first: Math.min(same.first, read.first),
      last: Math.max(same.last, last),
    };
}

/** An offset that depends on the packet, in words as far as it has a name. */
function describeBase(layer: Layer, index: Ir.Expression): string {
  if (isHeaderLength(layer, index)) return 'IPv4 header length';
  if (index.kind === 'variable') return describeVariable(index);
  if (index.kind === 'binary' && index.operator === '+')
    return `${describeBase(layer, index.left)} + ${describeBase(layer, index.right)}`;
  return printExpression(index);
}

/** `geneve_1_payload`: what a tunnel's variable points at (3-lower/encapsulations/tunnel.ts). */
function describeVariable({ name }: Ir.Variable): string {
  const [tunnel = '', , part = ''] = name.split('_');
  return part === 'header' ? `start of the ${tunnel} header` : `start of the ${part} in ${tunnel}`;
}
