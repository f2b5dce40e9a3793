import type * as Resolved from '../ast/resolved.js';
import { unreachable } from '../diagnostics/invariant.js';
import { binary, constant, load, loadAt } from '../ir/build.js';
import type * as Ir from '../ir/nodes.js';
import { all, type Condition, test } from './condition.js';
import { etherType, ip4HeaderLength, type LinkLayer } from './link-layer.js';
import { isFirstFragment, isIp4Protocol, protocolNumber } from './protocols/ip.js';

/**
 * A comparison of two computed numbers (gen_relation): the tests that its accessors imply run first, those of
 * the right operand before those of the left, then all loads. A false implied test makes the relation false whatever the operator.
 */
export function isRelation(layer: LinkLayer, relation: Resolved.Relation): Condition {
  const left = lowerArithmetic(layer, relation.left);
  const right = lowerArithmetic(layer, relation.right);
  const operator = relation.operator === '=' ? '==' : relation.operator;
  const comparison = test(relation.span, operator, left.value, right.value);
  return all(...right.implied, ...left.implied, comparison);
}

/** A number, and what must hold of the packet before it may be computed. */
interface Value {
  readonly value: Ir.Expression;
  readonly implied: readonly Condition[];
}

function lowerArithmetic(layer: LinkLayer, arithmetic: Resolved.Arithmetic): Value {
  switch (arithmetic.kind) {
    case 'number':
      return { value: constant(arithmetic.value), implied: [] };
    case 'length':
      return { value: { kind: 'length' }, implied: [] };
    case 'negate': {
      const operand = lowerArithmetic(layer, arithmetic.operand);
      return { value: binary('-', constant(0), operand.value), implied: operand.implied };
    }
    case 'binary': {
      const left = lowerArithmetic(layer, arithmetic.left);
      const right = lowerArithmetic(layer, arithmetic.right);
      // gen_arth forgets what the right operand implies, in every version of libpcap.
      return {
        value: binary(arithmetic.operator, left.value, right.value),
        implied: left.implied,
      };
    }
    case 'load':
      return lowerLoad(layer, arithmetic);
  }
}

/** An offset beyond any packet: the load's guard always fails. */
const beyondAnyPacket = 0xfffffff0;

/** `protocol[index:size]` (gen_load): where the protocol's header starts, and what makes it be there. */
function lowerLoad(layer: LinkLayer, accessor: Resolved.Load): Value {
  const { span, size } = accessor;
  const { value: index, implied } = lowerArithmetic(layer, accessor.index);
  const at = (offset: number): Ir.Load =>
    index.kind === 'constant' && index.value + offset <= 0xffffffff - size
      ? load(size, index.value + offset)
      : loadAt(size, index, offset);

  switch (accessor.protocol) {
    case 'link':
      return {
        value: layer.linkOffset === undefined ? load(size, beyondAnyPacket) : at(layer.linkOffset),
        implied,
      };
    case 'ip':
    case 'ip6':
    case 'arp':
    case 'rarp':
      return {
        value: at(layer.networkOffset),
        implied: [...implied, layer.isType(span, etherType[accessor.protocol])],
      };
    case 'icmp6':
      return {
        value: at(layer.networkOffset + 40),
        implied: [
          ...implied,
          layer.isType(span, etherType.ip6),
          test(span, '==', load(1, layer.networkOffset + 6), protocolNumber.icmp6),
        ],
      };
    case 'tcp':
    case 'udp':
    case 'sctp':
    case 'icmp':
    case 'igmp':
    case 'igrp':
    case 'pim':
    case 'vrrp':
    case 'carp':
      return {
        value: ip4PayloadAt(layer, size, index),
        implied: [
          ...implied,
          isIp4Protocol(layer, span, protocolNumber[accessor.protocol]),
          isFirstFragment(layer, span),
        ],
      };
    default:
      return unreachable(accessor.protocol);
  }
}

/** The index is added to the header length modulo 2^32 first: `tcp[-20]` reads the IP header. */
function ip4PayloadAt(layer: LinkLayer, size: 1 | 2 | 4, index: Ir.Expression): Ir.Load {
  const header = ip4HeaderLength(layer);
  if (index.kind === 'constant' && index.value <= 0x7fffffff)
    return loadAt(size, header, layer.networkOffset + index.value);
  return loadAt(size, binary('+', header, index), layer.networkOffset);
}
