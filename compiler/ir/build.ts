import type * as Ir from './nodes.js';

/** A number, reduced to 32 bits. */
export function constant(value: number): Ir.Constant {
  return { kind: 'constant', value: value >>> 0 };
}

/** `width` bytes at a fixed `offset` from the start of the packet. */
export function load(width: 1 | 2 | 4, offset: number): Ir.Load {
  return { kind: 'load', width, offset };
}

/** `width` bytes at `index + offset`. */
export function loadAt(width: 1 | 2 | 4, index: Ir.Expression, offset: number): Ir.Load {
  return { kind: 'load', width, offset, index };
}

/** `left operator right` modulo 2^32. */
export function binary(
  operator: Ir.BinaryOperator,
  left: Ir.Expression,
  right: Ir.Expression,
): Ir.Binary {
  return { kind: 'binary', operator, left, right };
}

/** `value & mask`, or `value` itself where the mask keeps every bit. */
export function masked(value: Ir.Expression, mask: number, fullMask: number): Ir.Expression {
  return mask >>> 0 === fullMask >>> 0 ? value : binary('&', value, constant(mask));
}

/** An unsigned comparison. */
export function compare(
  operator: Ir.CompareOperator,
  left: Ir.Expression,
  right: Ir.Expression,
): Ir.Compare {
  return { kind: 'compare', operator, left, right };
}
