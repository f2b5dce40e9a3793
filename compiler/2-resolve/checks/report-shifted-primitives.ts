import type * as Resolved from '../../ast/resolved.js';
import type { Context } from '../context.js';
import { primitivesOf } from './primitives.js';
import { intersect, unite } from './sets.js';

type Encapsulation = Resolved.Vlan | Resolved.Mpls | Resolved.PppoeSession | Resolved.Tunnel;
type Headers = ReadonlySet<Encapsulation>;

/** More than any packet has: beyond it the check would take more than linear time. */
const mostEncapsulations = 32;

/**
 * `vlan`, `mpls`, `pppoes`, `geneve` and `vxlan` move all that stands on their right in the text behind their header,
 * through `or`, `not` and parentheses. So `vlan 2 or vlan 3` looks for 3 in an inner tag, and `vlan and ip or ip` looks
 * for the second `ip` there as well. Reported for the first primitive that is moved although packets without the
 * header get to it.
 */
export function reportShiftedPrimitives(context: Context, formula: Resolved.Formula): void {
  const count = primitivesOf(formula).filter(isEncapsulation).length;
  if (count === 0 || count > mostEncapsulations) return;
  const passed: Encapsulation[] = [];
  const reported = new Set<Encapsulation>();

  const walk = (part: Resolved.Formula, known: Headers): Outcomes => {
    if (part.kind === 'not') {
      const { whenTrue, whenFalse } = walk(part.operand, known);
      return { whenTrue: whenFalse, whenFalse: whenTrue };
    }
    if (part.kind === 'chain')
      return part.rest.reduce(
        (left, { operator, operand }) => {
          const here = operator === 'and' ? left.whenTrue : left.whenFalse;
          return join(operator, left, walk(operand, unite(known, here)));
        },
        walk(part.first, known),
      );
    const moved = passed.find(
      (each) => !known.has(each) && !reported.has(each) && isMovedBy(part, each),
    );
    if (moved) {
      reported.add(moved);
      context.report('shifted', part.span, { text: nameOf(moved) }, suggest(moved, part));
    }
    if (!isEncapsulation(part)) return { whenTrue: none, whenFalse: none };
    passed.push(part);
    return { whenTrue: new Set([part]), whenFalse: none };
  };
  walk(formula, none);
}

/** The headers that a packet must have for a formula to come out either way. */
interface Outcomes {
  readonly whenTrue: Headers;
  readonly whenFalse: Headers;
}

const none: Headers = new Set();

function join(operator: 'and' | 'or', left: Outcomes, right: Outcomes): Outcomes {
  const [ofTrue, ofFalse] = operator === 'and' ? [unite, intersect] : [intersect, unite];
  return {
    whenTrue: ofTrue(left.whenTrue, right.whenTrue),
    whenFalse: ofFalse(left.whenFalse, right.whenFalse),
  };
}

function isEncapsulation(formula: Resolved.Primitive): formula is Encapsulation {
  return ['vlan', 'mpls', 'pppoe-session', 'tunnel'].includes(formula.kind);
}

/** Whether the primitive reads what the header moves: the MAC header stays where it is before a tag or a label. */
function isMovedBy(primitive: Resolved.Primitive, header: Encapsulation): boolean {
  const movesLink = header.kind === 'pppoe-session' || header.kind === 'tunnel';
  switch (primitive.kind) {
    case 'everything':
    case 'packet-direction':
    case 'interface-index':
    case 'interface-name':
      return false;
    case 'ether-address':
    case 'ether-multicast':
      return movesLink;
    case 'relation':
      return [primitive.left, primitive.right].some((side) => readsMoved(side, movesLink));
    default:
      return true;
  }
}

function readsMoved(node: Resolved.Arithmetic, movesLink: boolean): boolean {
  switch (node.kind) {
    case 'number':
    case 'length':
      return false;
    case 'load':
      return node.protocol !== 'link' || movesLink || readsMoved(node.index, movesLink);
    case 'negate':
      return readsMoved(node.operand, movesLink);
    case 'binary':
      return readsMoved(node.left, movesLink) || readsMoved(node.right, movesLink);
  }
}

/** As it is written. */
function nameOf(header: Encapsulation): string {
  switch (header.kind) {
    case 'vlan':
      return withNumber('vlan', header.identifier);
    case 'mpls':
      return withNumber('mpls', header.label);
    case 'pppoe-session':
      return withNumber('pppoes', header.session);
    case 'tunnel':
      return withNumber(header.protocol, header.network);
  }
}

function withNumber(keyword: string, number: number | undefined): string {
  return number === undefined ? keyword : `${keyword} ${number}`;
}

/** Alternative tags can be told apart by the bytes of the tag, which stay where they are. */
function suggest(header: Encapsulation, moved: Resolved.Primitive): string | undefined {
  if (header.kind !== 'vlan' || moved.kind !== 'vlan') return undefined;
  if (header.identifier === undefined || moved.identifier === undefined) return undefined;
  const tag = (identifier: number) => `ether[14:2] & 0xfff = ${identifier}`;
  return `write 'vlan and (${tag(header.identifier)} or ${tag(moved.identifier)})' for either tag`;
}
