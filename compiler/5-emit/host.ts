import type * as Ir from '../ir/nodes.js';
import { emitFilters, withFunctions } from './filter.js';
import { emitSets, nameSets } from './sets.js';
import { fillTemplate } from './template.js';

/**
 * A program for the compiling machine that reads packets from standard input and prints a line of 0 and 1 for each
 * filter: the same filter functions as in an object, over the packet functions of host.c.
 */
export function emitHostProgram(
  filters: readonly { readonly expression: string; readonly program: Ir.Program }[],
): string {
  const names = filters.map((_, index) => ({
    name: `netcap_filter_${index}`,
    quickName: `netcap_quick_${index}`,
  }));
  const sets = nameSets(filters.map(({ program }) => program));
  const functions = filters.map(({ expression, program }, index) =>
    emitFilters(expression, [{ name: '', ...names[index], program }], sets),
  );
  const table = `static const struct netcap_filter netcap_filters[] = {\n${names
    .map(({ name, quickName }) => `\t{ ${quickName}, ${name} },\n`)
    .join('')}};\n`;
  return fillTemplate(
    'host.c',
    `${withFunctions(emitSets(sets) + functions.join('\n'))}\n${table}`,
  );
}
