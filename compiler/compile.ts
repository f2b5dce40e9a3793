import { parseFilter } from './1-parse/parse.js';
import { resolveFilter } from './2-resolve/resolve.js';
import { gatherLists, noLists } from './3-lower/lists.js';
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
import { listReader } from './list-reader.js';
import { builtInResolver } from './names/built-in.js';
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

/** What a filter means, as far as its mistakes allow. */
export interface Understanding {
  /** Errors and warnings, in the order of their places. */
  readonly diagnostics: readonly Diagnostic[];
  readonly ast?: Ast.Node;
  readonly formula?: Resolved.Formula;
}

/** The same, and what is made of it. */
export interface Compilation extends Understanding {
  /** One program for each link, after the passes. */
  readonly ir?: readonly Ir.Program[];
}

/** Parse and resolve. */
function understand(source: string, options: CompileOptions): Understanding {
  const parsed = parseFilter(source);
  const ast = parsed.node === undefined ? {} : { ast: parsed.node };
  if (hasErrors(parsed.diagnostics)) return { ...ast, diagnostics: parsed.diagnostics };

  const resolved = resolveFilter(parsed.node, {
    link: linksOf(options)[0] ?? 'ethernet',
    hasDevice: options.link === undefined && targetOf(options).hasDevice,
    resolver: options.resolver,
    readList: listReader(options.resolver ?? builtInResolver),
    netmask: options.netmask,
  });
  const { formula } = resolved;
  const diagnostics = [...parsed.diagnostics, ...resolved.diagnostics];
  return { ...ast, diagnostics, ...(formula && { formula }) };
}

/** Lower and optimise, for each way a packet can start. */
function makePrograms(formula: Resolved.Formula, options: CompileOptions): readonly Ir.Program[] {
  const optimise = options.optimise ?? true;
  const lists = optimise ? gatherLists(formula) : noLists;
  const quick = targetOf(options).asksQuickly ? 'quick' : 'usual';
  const effort = optimise ? quick : 'required';
  return linksOf(options).map((link) =>
    optimiseProgram(lowerFormula(formula, link, lists), effort, options.onStep, options.report),
  );
}

/** Parse, resolve, lower and optimise. Never throws for bad input. */
export function analyse(source: string, options: CompileOptions = {}): Compilation {
  const understanding = understand(source, options);
  const { formula } = understanding;
  return formula === undefined
    ? understanding
    : { ...understanding, ir: makePrograms(formula, options) };
}

/** What a filter means, with every warning there is, those of parts that never or always match included. */
export function check(source: string, options: CompileOptions = {}): Understanding {
  const understanding = understand(source, options);
  const { formula } = understanding;
  if (formula === undefined) return understanding;
  return warn(source, understanding, formula, () => makeOptimised(formula, options));
}

/** A filter as the C of an object, or its mistakes. A pure function of its arguments; never throws for bad input. */
export function compile(
  source: string,
  options: CompileOptions = {},
): Compilation & { readonly c?: string } {
  const understanding = understand(source, options);
  const { formula } = understanding;
  if (formula === undefined) return understanding;
  const optimised = options.optimise ?? true;
  const ir = makePrograms(formula, options);
  const target = targetOf(options);
  const c = emitObject(source, target, ir, {
    format: manifestFormat,
    target: target.name,
    expression: source,
    links: ir.map(({ link }) => link),
    optimised,
  });
  const judged = () => (optimised ? ir : makeOptimised(formula, options));
  return { ...warn(source, understanding, formula, judged), ir, c };
}

/** The programs that tell what is certain of a filter, which nobody watches being made. */
function makeOptimised(
  formula: Resolved.Formula,
  { target, link }: CompileOptions,
): readonly Ir.Program[] {
  return makePrograms(formula, { ...(target && { target }), ...(link && { link }) });
}

/** What a filter means, with the warnings that its optimised programs give rise to. */
function warn(
  source: string,
  understanding: Understanding,
  formula: Resolved.Formula,
  programs: () => readonly Ir.Program[],
): Understanding {
  const certain = reportCertainVerdicts(source, formula, programs);
  const diagnostics = [...understanding.diagnostics, ...certain];
  return {
    ...understanding,
    diagnostics: diagnostics.toSorted((one, other) => one.span.start - other.span.start),
  };
}

function targetOf(options: CompileOptions) {
  return targets[options.target ?? 'skb'];
}

function linksOf(options: CompileOptions): readonly Ir.Link[] {
  return options.link === undefined ? targetOf(options).links : [options.link];
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
