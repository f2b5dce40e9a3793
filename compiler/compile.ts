import { parseFilter } from './1-parse/parse.js';
import { resolveFilter } from './2-resolve/resolve.js';
import { lowerFormula } from './3-lower/lower.js';
import { optimiseProgram, type Step } from './4-optimise/index.js';
import type { Report } from './4-optimise/pass.js';
import { emitObject } from './5-emit/emit.js';
import { manifestFormat } from './5-emit/manifest.js';
import type * as Ast from './ast/nodes.js';
import type * as Resolved from './ast/resolved.js';
import { reportCertainVerdicts } from './certainty/report-certain-verdicts.js';
import type { Diagnostic } from './diagnostics/diagnostic.js';
import type * as Ir from './ir/nodes.js';
import type { Resolver } from './names/resolver.js';
import { targets } from './target/index.js';
import type { TargetName } from './target/target.js';

export interface CompileOptions {
  /** What the object is to be attached to. Default skb. */
  readonly target?: TargetName;
  /** Compile for packets that start this way only, instead of all ways of the target. */
  readonly link?: Ir.Link;
  /** Names of services, protocols, networks and hosts; by default those that are built in, and no hosts. */
  readonly resolver?: Resolver | undefined;
  /** The network's mask as 32 bits, without which `ip broadcast` has no meaning. */
  readonly netmask?: number | undefined;
  /** Default true. */
  readonly optimise?: boolean;
  /** Sees every program after every pass. */
  readonly onStep?: (step: Step) => void;
  readonly report?: Report;
}

/** What there is of a filter, as far as its mistakes allow. */
export interface Compilation {
  /** Errors and warnings, in the order of their places. */
  readonly diagnostics: readonly Diagnostic[];
  readonly ast?: Ast.Node;
  readonly formula?: Resolved.Formula;
  /** One program for each link, after the passes. */
  readonly ir?: readonly Ir.Program[];
}

/** Parse, resolve, lower and optimise. Never throws for bad input. */
export function analyse(source: string, options: CompileOptions = {}): Compilation {
  const links = options.link === undefined ? targetOf(options).links : [options.link];
  const parsed = parseFilter(source);
  const ast = parsed.node === undefined ? {} : { ast: parsed.node };
  if (hasErrors(parsed.diagnostics)) return { ...ast, diagnostics: parsed.diagnostics };

  const resolved = resolveFilter(parsed.node, {
    link: links[0] ?? 'ethernet',
    hasDevice: options.link === undefined && targetOf(options).hasDevice,
    resolver: options.resolver,
    netmask: options.netmask,
  });
  const diagnostics = [...parsed.diagnostics, ...resolved.diagnostics];
  const { formula } = resolved;
  if (formula === undefined || hasErrors(diagnostics)) return { ...ast, diagnostics };

  const ir = links.map((link) =>
    optimiseProgram(
      lowerFormula(formula, link),
      options.optimise ?? true,
      options.onStep,
      options.report,
    ),
  );
  return { ...ast, diagnostics, formula, ir };
}

/** The same, with warnings of parts that never or always match: for those who wait for one filter. */
export function review(source: string, options: CompileOptions = {}): Compilation {
  const analysis = analyse(source, options);
  const { formula, ir } = analysis;
  if (formula === undefined || ir === undefined) return analysis;
  const diagnostics = [...analysis.diagnostics, ...reportCertainVerdicts(source, formula, ir)];
  return { ...analysis, diagnostics: diagnostics.toSorted((a, b) => a.span.start - b.span.start) };
}

/** A filter as the C of an object, or its mistakes. A pure function of its arguments; never throws for bad input. */
export function compile(
  source: string,
  options: CompileOptions = {},
): Compilation & { readonly c?: string } {
  const analysis = review(source, options);
  if (analysis.ir === undefined) return analysis;
  const target = targetOf(options);
  const c = emitObject(source, target, analysis.ir, {
    format: manifestFormat,
    target: target.name,
    expression: source,
    links: analysis.ir.map(({ link }) => link),
    optimised: options.optimise ?? true,
  });
  return { ...analysis, c };
}

function targetOf(options: CompileOptions) {
  return targets[options.target ?? 'skb'];
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
