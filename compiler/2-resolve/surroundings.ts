import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Span } from '../diagnostics/span.js';
import type * as Ir from '../ir/nodes.js';
import { etherType } from '../link/ether-type.js';
import { describeLink } from '../link/links.js';
import type { Context } from './context.js';

/**
 * What surrounds a word of the filter: which headers it is about. `vlan`, `mpls`, `pppoes`, `geneve` and `vxlan` change
 * that for all text to their right (compiler state of gencode.c; phase 3 has the offsets).
 */
export interface Surroundings {
  /** Link type of the innermost link header. */
  readonly link: Ir.Link;
  /** MPLS labels passed; they count on inside tunnels. */
  readonly labels: number;
  /** Geneve and VXLAN headers passed: from the first on, offsets depend on the packet. */
  readonly tunnels: number;
}

/** `word` means nothing on this kind of link. */
export function reportUnavailable(context: Context, word: Ast.Word, help?: string): undefined {
  const link = describeLink(context.surroundings.link);
  return context.report('unavailable-on-link', word.span, { text: word.text, link }, help);
}

/** Whether there are MAC addresses here; reports that `word` needs them if not. */
export function requireAddresses(context: Context, word: Ast.Word): boolean {
  if (context.surroundings.link === 'ethernet') return true;
  reportUnavailable(context, word);
  return false;
}

/** A payload's type, where one can be known: behind MPLS labels that is IPv4 and IPv6 only (gen_mpls_linktype). */
export function requireType(context: Context, value: number, word: Ast.Word): boolean {
  if (context.surroundings.labels === 0 || value === etherType.ip || value === etherType.ip6)
    return true;
  context.report('unavailable-behind-labels', word.span, { text: word.text });
  return false;
}

/** The same for a type by number, as `ether proto` has it: what is a number depends on the link (gen_linktype). */
export function resolveType(
  context: Context,
  value: number,
  literal: Ast.Literal,
): Resolved.LinkType | undefined {
  const { text, span } = literal;
  if (!requireType(context, value, { text: `link protocol ${text}`, span })) return undefined;
  const help = rangeOfTypes(context.surroundings.link, value);
  if (help !== undefined) return context.report('ether-type-out-of-range', span, { text }, help);
  return { kind: 'link-type', value, span };
}

/** What types there are, if this is none. Without link headers none is ever compared, and libpcap takes any. */
function rangeOfTypes(link: Ir.Link, value: number): string | undefined {
  switch (link) {
    case 'ethernet':
    case 'linux-sll':
      return value <= 255 || (value > 1500 && value <= 0xffff)
        ? undefined
        : 'a link protocol is an LLC address, 0 to 255, or an EtherType, 1501 to 65535';
    case 'linux-sll2':
    case 'ppp':
      return value <= 0xffff ? undefined : 'a link protocol is 0 to 65535';
    default:
      return undefined;
  }
}

/** A number that must not exceed a maximum. */
export function requireAtMost(
  context: Context,
  maximum: number,
  value: number,
  { text, span }: { readonly text: string; readonly span: Span },
  what: string,
): boolean {
  if (value <= maximum) return true;
  context.report('number-out-of-range', span, { text, what, maximum });
  return false;
}
