import type * as Ir from '../ir/nodes.js';
import type { Target } from '../target/target.js';
import { emitFilters, withFunctions } from './filter.js';
import { emitManifest, type Manifest } from './manifest.js';
import { emitSets, nameSets } from './sets.js';
import { fillTemplate } from './template.js';
import { windowOf } from './window.js';

/**
 * The C of one object: the target's template with the filter in it. A pure function of its arguments: no dates,
 * paths or versions.
 */
export function emitObject(
  source: string,
  target: Target,
  programs: readonly Ir.Program[],
  manifest: Manifest,
): string {
  const filters = programs.map((program) => ({
    name: filterName(program.link),
    ...(target.asksQuickly && { quickName: `netcap_quick_${program.link}` }),
    program,
  }));
  const sets = nameSets(programs);
  const exact = programs.map((program) => program.exact ?? program);
  const window = target.asksQuickly ? `#define NETCAP_WINDOW ${windowOf(exact)}\n\n` : '';
  return fillTemplate(
    target.template,
    `${window}${withFunctions(emitSets(sets) + emitFilters(source, filters, sets))}\n${emitManifest(manifest)}`,
  );
}

/** The function that a template calls for packets that start this way. */
export function filterName(link: Ir.Link): string {
  return `netcap_filter_${link}`;
}
