import type * as Resolved from '../ast/resolved.js';
import { joinSpans, type Span } from '../diagnostics/span.js';
import { type Interval, type IntervalSet, intervalSet, joinWords } from '../ir/interval-set.js';

/** Several primitives that look for one of many values in the same places. */
export type List = PortList | Ip4List | Ip6List;

/** `port 80 or portrange 443-445 …`. */
export interface PortList extends Pick<Resolved.Ports, 'protocols' | 'direction' | 'span'> {
  readonly kind: 'port-list';
  readonly set: IntervalSet;
}

/** `host 10.0.0.1 or net 10.1.0.0/16 …`. */
export interface Ip4List extends Pick<Resolved.Ip4Address, 'protocols' | 'direction' | 'span'> {
  readonly kind: 'ip4-list';
  readonly set: IntervalSet;
}

/** `src host 2001:db8::1 or 2001:db8::2 …`. */
export interface Ip6List extends Pick<Resolved.Ip6Address, 'direction' | 'span'> {
  readonly kind: 'ip6-list';
  /** Of the first word, of the first two …: a packet may end behind any of them. */
  readonly prefixes: readonly IntervalSet[];
}

/** A chain with lists in it: `negated` stands for `not` in front of the list. */
export type GatheredLink =
  | Resolved.Chain['rest'][number]
  | { readonly operator: 'and' | 'or'; readonly list: List; readonly negated: boolean };

/** The chains of a formula in which there are lists, and what becomes of their links. */
export type Lists = ReadonlyMap<Resolved.Chain, readonly GatheredLink[]>;

/** Nothing gathered. */
export const noLists: Lists = new Map();

/**
 * Find the lists in a formula.
 *
 *     port 1 or port 2 or port 3 …           =>  port 1 or (port in {2, 3 …})
 *     not port 1 and not port 2 and …        =>  not port 1 and not (port in {2 …})
 *
 * The first stays as it is: when it does not hold, every place that the others look at has been read, so that no
 * truncated packet can tell in which order they are asked. Of an IPv6 address it reads no more words than it has to;
 * but networks with the same mask all end at the same word, so that those of the list agree on what is missing.
 */
export function gatherLists(formula: Resolved.Formula): Lists {
  const lists = new Map<Resolved.Chain, readonly GatheredLink[]>();
  const visit = (node: Resolved.Formula): void => {
    if (node.kind === 'not') visit(node.operand);
    if (node.kind !== 'chain') return;
    visit(node.first);
    for (const { operand } of node.rest) visit(operand);
    const links = gatherLinks(node);
    if (links.length < node.rest.length) lists.set(node, links);
  };
  visit(formula);
  return lists;
}

/** Fewer members than this behind the first are no list. */
const fewest = 2;

function gatherLinks({ first, rest }: Resolved.Chain): readonly GatheredLink[] {
  const operands = [first, ...rest.map(({ operand }) => operand)];
  const links: GatheredLink[] = [];
  for (let index = 0; index < operands.length; ) {
    // Operand `index` stands behind operator `index - 1`.
    const before = rest[index - 1];
    if (before !== undefined) links.push(before);
    const operator = rest[index]?.operator;
    const isRun = operator !== undefined && (before === undefined || before.operator === operator);
    const head = isRun ? shapeOf(operands[index], operator) : undefined;
    const members: Listable[] = [];
    index++;
    for (let next = index; head !== undefined && rest[next - 1]?.operator === operator; next++) {
      const shape = shapeOf(operands[next], head.operator);
      if (shape?.key !== head.key) break;
      members.push(shape.primitive);
    }
    if (head === undefined || members.length < fewest) continue;
    links.push({
      operator: head.operator,
      list: makeList(members),
      negated: head.operator === 'and',
    });
    index += members.length;
  }
  return links;
}

type Listable = Resolved.Ports | Resolved.Ip4Address | Resolved.Ip6Address;

interface Shape {
  readonly primitive: Listable;
  readonly operator: 'and' | 'or';
  /** Equal for primitives that look at the same places. */
  readonly key: string;
}

/** What can be gathered: alternatives of `or`, and what `and` excludes by `not`. */
function shapeOf(formula: Resolved.Formula | undefined, operator: 'and' | 'or'): Shape | undefined {
  const isNegated = formula?.kind === 'not';
  if (formula === undefined || isNegated !== (operator === 'and')) return undefined;
  const primitive = isNegated ? formula.operand : formula;
  const shape = (places: string, listable: Listable): Shape => ({
    primitive: listable,
    operator,
    key: `${listable.kind} ${listable.direction} ${places}`,
  });
  switch (primitive.kind) {
    case 'ports':
      return primitive.direction === 'both'
        ? undefined
        : shape(primitive.protocols.join(), primitive);
    case 'ip4-address':
      return primitive.direction === 'both' || !isPrefix(primitive.mask)
        ? undefined
        : shape(primitive.protocols.join(), primitive);
    case 'ip6-address':
      return isOneWay(primitive.direction) && primitive.mask[0] !== 0
        ? shape(primitive.mask.join(), primitive)
        : undefined;
    default:
      return undefined;
  }
}

/** Of two addresses the second may be cut short, and then it matters which of a list is asked for first. */
function isOneWay(direction: Resolved.Direction): boolean {
  return direction === 'source' || direction === 'destination';
}

/** Whether the mask is some ones and then zeros, so that the network is one interval. */
function isPrefix(mask: number): boolean {
  const hostBits = ~mask >>> 0;
  return mask !== 0 && (hostBits & (hostBits + 1)) === 0;
}

function makeList(members: readonly Listable[]): List {
  const first = members[0] as Listable;
  const span = members.map((member): Span => member.span).reduce(joinSpans);
  switch (first.kind) {
    case 'ports': {
      const set = intervalSet(1, (members as readonly Resolved.Ports[]).map(intervalOfPorts));
      return {
        kind: 'port-list',
        protocols: first.protocols,
        direction: first.direction,
        set,
        span,
      };
    }
    case 'ip4-address': {
      const set = intervalSet(1, (members as readonly Resolved.Ip4Address[]).map(intervalOfIp4));
      return {
        kind: 'ip4-list',
        protocols: first.protocols,
        direction: first.direction,
        set,
        span,
      };
    }
    case 'ip6-address': {
      const addresses = members as readonly Resolved.Ip6Address[];
      const words = first.mask.filter((word) => word !== 0).length as IntervalSet['words'];
      const prefixes = ([1, 2, 3, 4] as const).slice(0, words).map((count) =>
        intervalSet(
          count,
          addresses.map((each) => intervalOfIp6(each, count)),
        ),
      );
      return { kind: 'ip6-list', direction: first.direction, prefixes, span };
    }
  }
}

function intervalOfPorts({ low, high }: Resolved.Ports): Interval {
  return { low: BigInt(low), high: BigInt(high) };
}

function intervalOfIp4({ address, mask }: Resolved.Ip4Address): Interval {
  return { low: BigInt(address), high: BigInt((address | ~mask) >>> 0) };
}

function intervalOfIp6({ address, mask }: Resolved.Ip6Address, words: number): Interval {
  const low = address.slice(0, words);
  const high = low.map((word, index) => (word | ~(mask[index] ?? 0)) >>> 0);
  return { low: joinWords(low), high: joinWords(high) };
}
