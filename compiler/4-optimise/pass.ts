import type { Span } from '../diagnostics/span.js';
import type * as Ir from '../ir/nodes.js';

/** A rewrite of programs that no packet can tell, truncated ones included. Pure. */
export interface Pass {
  /** Verb and noun; the file's name. */
  readonly name: string;
  /** Passes that must have run before, each for the reason given beside the table. */
  readonly after?: readonly string[];
  /** Runs even without optimisation: the emitters rely on what it does. */
  readonly required?: boolean;
  /** Pays only for readers whose loads are plain ones, and costs the verifier more with others. */
  readonly isForQuick?: boolean;
  readonly run: (program: Ir.Program, report: Report) => Ir.Program;
}

/** Tells what a pass did and where, for `--dump-after`. */
export type Report = (message: string, span: Span) => void;

/** Throws unless every pass stands behind those it names. */
export function checkOrder(passes: readonly Pass[]): readonly Pass[] {
  const seen = new Set<string>();
  for (const pass of passes) {
    for (const earlier of pass.after ?? [])
      if (!seen.has(earlier)) throw new Error(`internal error: ${pass.name} before ${earlier}`);
    seen.add(pass.name);
  }
  return passes;
}
