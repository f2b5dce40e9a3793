import type * as Ast from '../ast/nodes.js';
import { printNode } from '../ast/print.js';
import type * as Resolved from '../ast/resolved.js';
import type { Context } from './context.js';
import { resolveDecnet } from './decnet.js';
import { resolveGateway } from './gateway.js';
import { resolveNamedHost } from './host-names.js';
import {
  resolveArcnet,
  resolveIp4,
  resolveIp6,
  resolveMac,
  resolveNumberAddress,
} from './hosts.js';
import { resolveListFile } from './list-files.js';
import { isLinkKeyword } from './names.js';
import { resolveNumber } from './numbers.js';
import { resolveNamedPort, resolvePortRange, resolvePorts } from './ports.js';
import { resolveProtocolChain } from './protocol-chain.js';
import { resolveProtocolName, resolveProtocolNumber } from './protocols.js';
import { type Qualifiers, reportWrongQualifier } from './qualifiers.js';
import { suggestQualifier } from './suggest-qualifier.js';
import { resolveEtherHost, resolveNamedNetwork } from './table-names.js';

/** A value under its qualifiers: `80` of `tcp port 80`, or of `tcp port 22 or 80`. */
export function resolveLiteral(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers | undefined,
): Resolved.Formula | undefined {
  if (qualifiers === undefined)
    return context.report('missing-qualifier', literal.span, { text: printNode(literal) }, () =>
      suggestQualifier(context, literal),
    );
  if (qualifiers.protocol?.text === 'decnet') return resolveDecnet(context, literal, qualifiers);
  switch (literal.form) {
    case 'number':
      return resolveNumberValue(context, literal, qualifiers);
    case 'ip4':
      return resolveAddress(context, literal, qualifiers, resolveIp4);
    case 'ip6':
      return resolveAddress(context, literal, qualifiers, resolveIp6);
    case 'mac':
      return resolveMac(context, literal, qualifiers);
    case 'arcnet':
      return resolveArcnet(context, literal);
    case 'file':
      return resolveListFile(context, literal, qualifiers, resolveLiteral);
    case 'name':
    case 'escaped':
      return resolveName(context, literal, qualifiers);
  }
}

/** gen_ncode without a string. */
function resolveNumberValue(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const value = resolveNumber(context, literal);
  if (value === undefined) return undefined;
  const type = qualifiers.type;
  switch (type?.text) {
    case 'port':
    case 'portrange':
      return resolvePorts(context, literal, qualifiers, [value, value]);
    case 'proto':
      return resolveProtocolNumber(context, literal, qualifiers, value);
    case 'protochain':
      return resolveProtocolChain(context, literal, qualifiers, value);
    case 'gateway':
      return reportWrongQualifier(
        context,
        qualifiers,
        'type',
        literal,
        'a number',
        "'gateway' takes a name",
      );
    default:
      return resolveNumberAddress(context, literal, qualifiers, value);
  }
}

/** Addresses belong to hosts and nets only (grammar.y, nid). */
function resolveAddress(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
  resolve: typeof resolveIp4,
): Resolved.Formula | undefined {
  const { type } = qualifiers;
  if (type === undefined || type.text === 'host' || type.text === 'net')
    return resolve(context, literal, qualifiers);
  const help =
    type.text === 'gateway' ? "'gateway' takes the name of a host" : `write 'host ${literal.text}'`;
  return reportWrongQualifier(context, qualifiers, 'type', literal, 'an IP address', help);
}

/** gen_scode. */
function resolveName(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Formula | undefined {
  const { type } = qualifiers;
  switch (type?.text) {
    case 'port':
      return resolveNamedPort(context, literal, qualifiers);
    case 'portrange':
      return resolvePortRange(context, literal, qualifiers);
    case 'proto':
      return resolveProtocolName(context, literal, qualifiers);
    case 'protochain':
      return resolveProtocolChain(
        context,
        literal,
        qualifiers,
        context.resolver.protocol(literal.text),
      );
    case 'gateway':
      return resolveGateway(context, literal, qualifiers);
    case 'net':
      return resolveNamedNetwork(context, literal, qualifiers);
    default:
      return isLinkKeyword(qualifiers.protocol?.text)
        ? resolveEtherHost(context, literal, qualifiers)
        : resolveNamedHost(context, literal, qualifiers);
  }
}
