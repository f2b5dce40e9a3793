import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import { invariant } from '../diagnostics/invariant.js';
import type { Context } from './context.js';
import { reportUnavailable } from './surroundings.js';

/**
 * What was said of a value: protocol, direction, type. A bare value takes the qualifiers of what stands on its left;
 * undefined in place of the whole is libpcap's "undefined", which no value can take.
 */
export interface Qualifiers {
  readonly protocol?: Ast.Word | undefined;
  readonly direction?: Ast.Word | undefined;
  readonly type?: Ast.Word | undefined;
  /** Whether the value stands away from them: a mistake is then the value's. */
  readonly isInherited?: boolean;
}

/** Direction as a resolved tree has it; the 802.11 address fields exist on no link we know. */
export function resolveDirection(
  context: Context,
  { direction }: Qualifiers,
): Resolved.Direction | undefined {
  if (direction === undefined) return 'either';
  switch (direction.text) {
    case 'src':
      return 'source';
    case 'dst':
      return 'destination';
    case 'src or dst':
      return 'either';
    case 'src and dst':
      return 'both';
    default:
      return reportUnavailable(context, direction);
  }
}

/** A qualifier cannot stand before such a value: points at it, or at the value if that inherited it. */
export function reportWrongQualifier(
  context: Context,
  qualifiers: Qualifiers,
  wrong: 'protocol' | 'type',
  literal: Ast.Literal,
  subject: string,
  help?: string,
): undefined {
  const qualifier = qualifiers[wrong];
  invariant(qualifier !== undefined, `no ${wrong} to be wrong`);
  const { span } = qualifiers.isInherited ? literal : qualifier;
  return context.report('wrong-qualifier', span, { qualifier: qualifier.text, subject }, help);
}
