import type * as Ast from '../ast/nodes.js';
import { invariant } from '../diagnostics/invariant.js';
import { parseNumericHost } from './addresses.js';
import type { Context } from './context.js';

/** The addresses of a name, each family in ascending order. */
export interface HostAddresses {
  readonly ip4: readonly number[];
  readonly ip6: readonly (readonly number[])[];
}

/** How many addresses of one family a name may have (gen_host46_byname). */
const maximumAddresses = 100;

/** What the resolver knows of a host, or its numeric address: that needs no resolver (getaddrinfo). */
export function findAddresses(context: Context, literal: Ast.Literal): HostAddresses | undefined {
  const { text, span } = literal;
  const answer = parseNumericHost(text) === undefined ? context.resolver.host(text) : [text];
  if (answer === 'not-asked') return context.report('host-not-asked', span, { text });
  if (answer === 'not-answered') return context.report('host-not-answered', span, { text });
  if (answer === 'unknown') return context.report('unknown-host', span, { text });
  const ip4 = new Set<number>();
  const ip6 = new Map<string, readonly number[]>();
  for (const address of answer) {
    const words = parseNumericHost(address);
    invariant(words !== undefined, `the resolver's address of ${text}: ${address}`);
    if (typeof words === 'number') ip4.add(words);
    else ip6.set(words.join(), words);
  }
  if (Math.max(ip4.size, ip6.size) > maximumAddresses)
    return context.report('too-many-addresses', span, { text, maximum: maximumAddresses });
  return {
    ip4: [...ip4].toSorted((left, right) => left - right),
    ip6: [...ip6.values()].toSorted(compareWords),
  };
}

function compareWords(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((word, each) => word !== right[each]);
  return (left[index] ?? 0) - (right[index] ?? 0);
}
