import type * as Resolved from '../../ast/resolved.js';
import { etherType } from '../../link/ether-type.js';
import { intersect, unite } from './sets.js';

/**
 * What a packet is known to be, by protocol names (`ip`, `ip6`, `arp` …) and transport protocol numbers (`6`): as
 * much as the checks need to tell whether an accessor finds its header.
 */
export type Facts = ReadonlySet<string>;

export const noFacts: Facts = new Set();

/** How facts of the operands of `and` and of `or` come together. */
export interface Summary {
  readonly of: (primitive: Resolved.Primitive) => Facts;
  readonly and: (left: Facts, right: Facts) => Facts;
  readonly or: (left: Facts, right: Facts) => Facts;
}

/** What holds of every packet that a formula accepts. */
export const implied: Summary = { of: impliedBy, and: unite, or: intersect };

/**
 * Call `visit` for every primitive with a summary of all that is joined to it by `and`, on either side, and the
 * `not` that stands right before it, if one does. What stands under a `not` says nothing of what is beside it.
 */
export function visitConjunctions(
  formula: Resolved.Formula,
  summary: Summary,
  visit: (primitive: Resolved.Primitive, beside: Facts, negation?: Resolved.Not) => void,
): void {
  const known = new Map<Resolved.Formula, Facts>();
  const summarise = (part: Resolved.Formula): Facts => {
    const facts = known.get(part) ?? summariseNew(part);
    known.set(part, facts);
    return facts;
  };
  const summariseNew = (part: Resolved.Formula): Facts => {
    if (part.kind === 'not') return noFacts;
    if (part.kind !== 'chain') return summary.of(part);
    return part.rest.reduce(
      (left, { operator, operand }) => summary[operator](left, summarise(operand)),
      summarise(part.first),
    );
  };
  const walk = (part: Resolved.Formula, beside: Facts, negation?: Resolved.Not): void => {
    if (part.kind === 'not') walk(part.operand, beside, part);
    else if (part.kind === 'chain') walkChain(part, beside);
    else visit(part, beside, negation);
  };
  const walkChain = ({ first, rest }: Resolved.Chain, beside: Facts): void => {
    // From the right: whatever follows an `and` is joined to all that stands on its left.
    const after: Facts[] = [];
    let joined = beside;
    for (const { operator, operand } of rest.toReversed()) {
      after.push(joined);
      if (operator === 'and') joined = unite(joined, summarise(operand));
    }
    walk(first, joined);
    let before = summarise(first);
    for (const { operator, operand } of rest) {
      const right = after.pop() ?? noFacts;
      walk(operand, operator === 'and' ? unite(right, before) : right);
      before = summary[operator](before, summarise(operand));
    }
  };
  walk(formula, noFacts);
}

const linkTypes: ReadonlyMap<number, string> = new Map([
  [etherType.ip, 'ip'],
  [etherType.ip6, 'ip6'],
  [etherType.arp, 'arp'],
  [etherType.rarp, 'rarp'],
]);

function impliedBy(primitive: Resolved.Primitive): Facts {
  switch (primitive.kind) {
    case 'link-type':
      return factsOf(linkTypes.get(primitive.value));
    case 'ip4-address':
      return onlyOf(primitive.protocols);
    case 'ip6-address':
      return new Set(['ip6']);
    case 'ip-protocol':
      return unite(onlyOf(primitive.families), factsOf(String(primitive.value)));
    case 'ip-protocol-chain':
      return onlyOf(primitive.families);
    case 'ip-multicast':
      return factsOf(primitive.family);
    case 'ports':
      return onlyOf(primitive.protocols.map(String));
    case 'relation':
      return keptLoads(primitive).map(guardOf).reduce(unite, noFacts);
    default:
      return noFacts;
  }
}

function factsOf(fact: string | undefined): Facts {
  return fact === undefined ? noFacts : new Set([fact]);
}

/** With several possibilities none is certain. */
function onlyOf(possibilities: readonly string[]): Facts {
  return possibilities.length === 1 ? factsOf(possibilities[0]) : noFacts;
}

/** Transport protocols whose accessors read IPv4 packets only, with their numbers (IANA). */
const transports: ReadonlyMap<Resolved.LoadProtocol, number> = new Map([
  ['icmp', 1],
  ['igmp', 2],
  ['tcp', 6],
  ['igrp', 9],
  ['udp', 17],
  ['pim', 103],
  ['vrrp', 112],
  ['carp', 112],
  ['sctp', 132],
]);

/** Whether an accessor reads what IPv4 carries, and so never anything of IPv6. */
export function isIp4Transport({ protocol }: Resolved.Load): boolean {
  return transports.has(protocol);
}

/** What an accessor tests before it loads; reading the link header needs nothing. */
export function guardOf({ protocol }: Resolved.Load): Facts {
  const number = transports.get(protocol);
  if (number !== undefined) return new Set(['ip', String(number)]);
  if (protocol === 'icmp6') return new Set(['ip6', '58']);
  return protocol === 'link' ? noFacts : new Set([protocol]);
}

/** The accessors of a comparison whose tests are run: of an operator only the leftmost operand keeps them (gen_arth). */
export function keptLoads({ left, right }: Resolved.Relation): readonly Resolved.Load[] {
  return [...keptIn(left), ...keptIn(right)];
}

function keptIn(node: Resolved.Arithmetic): readonly Resolved.Load[] {
  switch (node.kind) {
    case 'number':
    case 'length':
      return [];
    case 'load':
      return [node, ...keptIn(node.index)];
    case 'negate':
      return keptIn(node.operand);
    case 'binary':
      return keptIn(node.left);
  }
}

/** All accessors of a comparison, in the order of the text. */
export function loadsOf({ left, right }: Resolved.Relation): readonly Resolved.Load[] {
  return [...loadsIn(left), ...loadsIn(right)];
}

function loadsIn(node: Resolved.Arithmetic): readonly Resolved.Load[] {
  switch (node.kind) {
    case 'number':
    case 'length':
      return [];
    case 'load':
      return [node, ...loadsIn(node.index)];
    case 'negate':
      return loadsIn(node.operand);
    case 'binary':
      return [...loadsIn(node.left), ...loadsIn(node.right)];
  }
}
