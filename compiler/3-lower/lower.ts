import type * as Resolved from '../ast/resolved.js';
import { unreachable } from '../diagnostics/invariant.js';
import type * as Ir from '../ir/nodes.js';
import { etherType } from '../link/ether-type.js';
import { always, buildProgram, type Condition, chain, not } from './condition.js';
import type { Encapsulation } from './encapsulations/encapsulation.js';
import { enterMpls } from './encapsulations/mpls.js';
import { enterPppoeSession } from './encapsulations/pppoe.js';
import { enterTunnel } from './encapsulations/tunnel.js';
import { enterVlan } from './encapsulations/vlan.js';
import { type Layer, outermostLayer } from './layer.js';
import { isType } from './link-types/index.js';
import { type GatheredLink, type List, type Lists, noLists } from './lists.js';
import { isDecnetAddress } from './protocols/decnet.js';
import { isDirection, isInterface, isInterfaceName } from './protocols/device.js';
import { isEtherAddress, isEtherMulticast } from './protocols/ether.js';
import {
  isInChain,
  isIp4Address,
  isIp4AddressIn,
  isIp6Address,
  isIp6AddressIn,
  isIpMulticast,
  isProtocol,
} from './protocols/ip.js';
import { isIsisType, isIsoProtocol } from './protocols/iso.js';
import { isLogicalLink } from './protocols/llc.js';
import { isPort, isPortIn } from './protocols/transport.js';
import { isRelation } from './relation.js';

/**
 * The decision graph of a formula for packets that start the given way. Order of tests and of the loads inside
 * each is that of libpcap's unoptimised program: a truncated packet can tell. `lists` are those of the formula.
 */
export function lowerFormula(
  formula: Resolved.Formula,
  link: Ir.Link,
  lists: Lists = noLists,
): Ir.Program {
  return buildProgram(link, lower({ layer: outermostLayer(link), tunnels: 0, lists }, formula));
}

/** Where the text has got to: an encapsulation changes the layer for all that stands to its right, however nested. */
interface Cursor {
  layer: Layer;
  tunnels: number;
  readonly lists: Lists;
}

function lower(cursor: Cursor, formula: Resolved.Formula): Condition {
  const { layer } = cursor;
  switch (formula.kind) {
    case 'chain': {
      const first = lower(cursor, formula.first);
      const links = cursor.lists.get(formula) ?? formula.rest;
      return chain(
        first,
        links.map((link) => ({ operator: link.operator, operand: lowerLink(cursor, link) })),
      );
    }
    case 'not':
      return not(lower(cursor, formula.operand));
    case 'everything':
      return always(formula.span, true);
    case 'link-type':
      return isType(layer, formula.span, formula.value);
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
    case 'ip-protocol-chain':
      return isInChain(layer, formula);
    case 'ports':
      return isPort(layer, formula);
    case 'ip-multicast':
      return isIpMulticast(layer, formula);
    case 'iso-protocol':
      return isIsoProtocol(layer, formula);
    case 'isis-type':
      return isIsisType(layer, formula);
    case 'decnet-address':
      return isDecnetAddress(layer, formula);
    case 'llc':
      return isLogicalLink(layer, formula);
    case 'packet-direction':
      return isDirection(layer, formula);
    case 'interface-index':
      return isInterface(layer, formula);
    case 'interface-name':
      return isInterfaceName(formula);
    case 'relation':
      return isRelation(layer, formula);
    case 'vlan':
      return enter(cursor, enterVlan(layer, formula));
    case 'mpls':
      return enter(cursor, enterMpls(layer, formula));
    case 'pppoe-discovery':
      return isType(layer, formula.span, etherType.pppoeDiscovery);
    case 'pppoe-session':
      return enter(cursor, enterPppoeSession(layer, formula));
    case 'tunnel':
      cursor.tunnels++;
      return enter(cursor, enterTunnel(layer, formula, cursor.tunnels));
    default:
      return unreachable(formula);
  }
}

function lowerLink(cursor: Cursor, link: GatheredLink): Condition {
  if (!('list' in link)) return lower(cursor, link.operand);
  const condition = isListed(cursor.layer, link.list);
  return link.negated ? not(condition) : condition;
}

function isListed(layer: Layer, list: List): Condition {
  switch (list.kind) {
    case 'port-list':
      return isPortIn(layer, list);
    case 'ip4-list':
      return isIp4AddressIn(layer, list);
    case 'ip6-list':
      return isIp6AddressIn(layer, list);
  }
}

function enter(cursor: Cursor, { condition, inner }: Encapsulation): Condition {
  cursor.layer = inner;
  return condition;
}
