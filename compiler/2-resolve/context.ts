import type * as Ast from '../ast/nodes.js';
import {
  type DiagnosticArguments,
  type DiagnosticCode,
  diagnose,
  severityOf,
} from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import type * as Ir from '../ir/nodes.js';
import { builtInResolver } from '../names/built-in.js';
import type { Resolver } from '../names/resolver.js';
import type { Surroundings } from './surroundings.js';

export interface ResolveOptions {
  /** How packets start: not every word has a meaning on every link. */
  readonly link: Ir.Link;
  /** Whether packets are live and the target knows their device: `ifindex`, `inbound` and the like. */
  readonly hasDevice?: boolean;
  /** The network's mask, for `ip broadcast`. */
  readonly netmask?: number | undefined;
  /** Names to numbers; by default those that are built in. */
  readonly resolver?: Resolver | undefined;
  /** Files of values, parsed; by default nobody has read any. */
  readonly readList?: (file: string) => ListFile | undefined;
}

/** A file of values: its text, and what stands in it or what is wrong with that. Spans count in the text. */
export type ListFile = { readonly text: string } & (
  | { readonly values: readonly Ast.Literal[] }
  | { readonly diagnostic: Diagnostic }
);

/** What resolving a node needs beside the node. */
export interface Context extends Omit<ResolveOptions, 'link'> {
  /** Which headers the word at hand is about; encapsulations change it. */
  surroundings: Surroundings;
  readonly resolver: Resolver;
  /** Collect a diagnostic. Returns undefined, which is what a node with an error resolves to. Advice that
   * takes a search is a function. */
  readonly report: <Code extends DiagnosticCode>(
    code: Code,
    span: Span,
    given: DiagnosticArguments<Code>,
    help?: string | (() => string | undefined),
  ) => undefined;
}

/** Of errors, and of warnings: nobody reads more, and each costs time to print. */
const mostDiagnostics = 100;

/** A context, and the diagnostics collected through it, the first of each severity. */
export function createContext(options: ResolveOptions): {
  readonly context: Context;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const counts = { error: 0, warning: 0 };
  const report: Context['report'] = (code, span, given, help) => {
    const severity = severityOf(code);
    if (counts[severity] === mostDiagnostics) return undefined;
    counts[severity]++;
    const advice = typeof help === 'function' ? help() : help;
    diagnostics.push(diagnose(code, span, given, advice));
    return undefined;
  };
  const resolver = options.resolver ?? builtInResolver;
  const { link, ...rest } = options;
  const surroundings = { link, labels: 0, tunnels: 0 };
  return { context: { ...rest, surroundings, resolver, report }, diagnostics };
}
