import type * as Resolved from '../ast/resolved.js';
import { unreachable } from '../diagnostics/invariant.js';
import { binary, constant, load } from '../ir/build.js';
import type * as Ir from '../ir/nodes.js';
import { etherType } from '../link/ether-type.js';
import { all, type Condition, test } from './condition.js';
import {
  beyondAnyPacket,
  ip4PayloadLoad,
  type Layer,
  loadIndexed,
  networkLoad,
  networkPlace,
} from './layer.js';
import { isType } from './link-types/index.js';
import { isFirstFragment, isIp4Protocol, protocolNumber } from './protocols/ip.js';

/**
 * A comparison of two computed numbers (gen_relation): the tests that its accessors imply run first, those of
 * the right operand before those of the left, then all loads. A false implied test makes the relation false whatever the operator.
 */
export function isRelation(layer: Layer, relation: Resolved.Relation): Condition {
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

function lowerArithmetic(layer: Layer, arithmetic: Resolved.Arithmetic): Value {
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

/** `protocol[index:size]` (gen_load): where the protocol's header starts, and what makes it be there. */
function lowerLoad(layer: Layer, accessor: Resolved.Load): Value {
  const { span, size, protocol } = accessor;
  const { value: index, implied } = lowerArithmetic(layer, accessor.index);
  const network = networkPlace(layer);
  switch (protocol) {
    case 'link':
      return {
        value:
          layer.header === undefined
            ? load(size, beyondAnyPacket)
            : loadIndexed(layer.header, size, index, 0),
        implied,
      };
    case 'ip':
    case 'ip6':
    case 'arp':
    case 'rarp':
    case 'atalk':
    case 'decnet':
    case 'lat':
    case 'sca':
    case 'moprc':
    case 'mopdl':
      return {
        value: loadIndexed(network, size, index, 0),
        implied: [...implied, isType(layer, span, etherType[protocol])],
      };
    case 'icmp6':
      return {
        value: loadIndexed(network, size, index, 40),
        implied: [
          ...implied,
          isType(layer, span, etherType.ip6),
          test(span, '==', networkLoad(layer, 1, 6), protocolNumber.icmp6),
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
        value: ip4PayloadLoad(layer, size, index),
        implied: [
          ...implied,
          isIp4Protocol(layer, span, protocolNumber[protocol]),
          isFirstFragment(layer, span),
        ],
      };
    default:
      return unreachable(protocol);
  }
}
