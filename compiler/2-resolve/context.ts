import {
  type DiagnosticArguments,
  type DiagnosticCode,
  diagnose,
} from '../diagnostics/catalogue.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';

export interface ResolveOptions {
  /** How packets start: some primitives need MAC addresses. */
  readonly link: 'ethernet' | 'raw';
  /** The network's mask, for `ip broadcast`. */
  readonly netmask?: number;
}

/** What resolving a node needs beside the node. */
export interface Context extends ResolveOptions {
  /** Collect a diagnostic. Returns undefined, which is what a node with an error resolves to. */
  readonly report: <Code extends DiagnosticCode>(
    code: Code,
    span: Span,
    given: DiagnosticArguments<Code>,
    help?: string,
  ) => undefined;
}

/** A context, and the diagnostics collected through it. */
export function createContext(options: ResolveOptions): {
  readonly context: Context;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const report: Context['report'] = (code, span, given, help) => {
    diagnostics.push(diagnose(code, span, given, help));
    return undefined;
  };
  return { context: { ...options, report }, diagnostics };
}
