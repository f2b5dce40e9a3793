import type * as Resolved from '../ast/resolved.js';
import type * as Ir from '../ir/nodes.js';
import { always, buildProgram, type Condition, chain, not } from './condition.js';
import { type LinkLayer, linkLayers } from './link-layer.js';
import { isEtherAddress, isEtherMulticast } from './protocols/ether.js';
import { isIp4Address, isIp6Address, isIpMulticast, isProtocol } from './protocols/ip.js';
import { isPort } from './protocols/transport.js';
import { isRelation } from './relation.js';

/**
 * The decision graph of a formula for packets that start the given way. Order of tests and of the loads inside
 * each is that of libpcap's unoptimised program: a truncated packet can tell.
 */
export function lowerFormula(formula: Resolved.Formula, link: Ir.Link): Ir.Program {
  return buildProgram(link, lower(linkLayers[link], formula));
}

function lower(layer: LinkLayer, formula: Resolved.Formula): Condition {
  switch (formula.kind) {
    case 'chain':
      return chain(
        lower(layer, formula.first),
        formula.rest.map(({ operator, operand }) => ({ operator, operand: lower(layer, operand) })),
      );
    case 'not':
      return not(lower(layer, formula.operand));
    case 'everything':
      return always(formula.span, true);
    case 'link-type':
      return layer.isType(formula.span, formula.value);
    case 'ether-address':
      return isEtherAddress(layer, formula);
    case 'ether-multicast':
      return isEtherMulticast(layer, formula);
    case 'ip4-address':
      return isIp4Address(layer, formula);
    case 'ip6-address':
      return isIp6Address(layer, formula);
    case 'ip-protocol':
      return isProtocol(layer, formula);
    case 'ports':
      return isPort(layer, formula);
    case 'ip-multicast':
      return isIpMulticast(layer, formula);
    case 'relation':
      return isRelation(layer, formula);
  }
}
