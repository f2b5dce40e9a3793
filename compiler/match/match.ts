import type { Capture } from '../capture/capture.js';
import { analyse } from '../compile.js';
import type { Mistake, Outcome } from '../diagnostics/outcome.js';
import type * as Ir from '../ir/nodes.js';
import { etherType } from '../link/ether-type.js';
import type { Resolver } from '../names/resolver.js';
import type { TargetName } from '../target/target.js';

/** One filter of a batch, under the name its line gave it. */
export interface NamedFilter {
  readonly id: string;
  readonly expression: string;
}

export interface MatchOptions {
  readonly target: TargetName;
  readonly link: Ir.Link;
  readonly optimise: boolean;
  readonly resolver: Resolver;
  readonly netmask: number | undefined;
  /** Layout option of the `mbuf` target in engine `bpf`. */
  readonly segments: number;
}

/** What a filter says of every packet, or why it says nothing. */
export type Verdicts =
  | { readonly id: string; readonly ok: true; readonly matches: readonly boolean[] }
  | { readonly id: string; readonly ok: false; readonly mistake: Mistake };

/** Decides packets for many filters at once; an outcome that is not ok means that the engine itself cannot run. */
export type Engine = (
  filters: readonly NamedFilter[],
  capture: Capture,
  options: MatchOptions,
) => Promise<Outcome<readonly Verdicts[]>>;

/** A filter that compiles. */
export interface AnalysedFilter extends NamedFilter {
  readonly program: Ir.Program;
}

/** The programs of the filters that compile, and verdicts that say why for those that do not. */
export function analyseFilters(
  filters: readonly NamedFilter[],
  options: MatchOptions,
): { readonly analysed: readonly AnalysedFilter[]; readonly failed: readonly Verdicts[] } {
  const analysed: AnalysedFilter[] = [];
  const failed: Verdicts[] = [];
  for (const filter of filters) {
    const { ir, diagnostics } = analyse(filter.expression, options);
    const program = ir?.[0];
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (program !== undefined) analysed.push({ ...filter, program });
    else if (error !== undefined) failed.push({ id: filter.id, ok: false, mistake: error });
  }
  return { analysed, failed };
}

/** The EtherType that a target would tell of a packet without a link header. */
export function protocolOf(bytes: Uint8Array): number {
  const version = (bytes[0] ?? 0) >> 4;
  return version === 4 ? etherType.ip : version === 6 ? etherType.ip6 : 0;
}

/** Verdicts in the order of the filters that asked for them. */
export function inOrder(
  filters: readonly NamedFilter[],
  verdicts: readonly Verdicts[],
): readonly Verdicts[] {
  const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
  return filters.flatMap(({ id }) => byId.get(id) ?? []);
}
