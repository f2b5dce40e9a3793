import { analyse, compile } from '../compiler/index.js';
import { readCorpus } from '../test/corpus/corpus.js';
import { benchFilters } from './filters.js';
import { type Figure, measure } from './measure.js';
import type { Section } from './section.js';
import { formatFigure, formatTable } from './table.js';

/** Runs before the first that counts: until the compiler itself has been compiled. */
const warmUpRuns = 20;

/** Times of a filter, in milliseconds. */
interface PipelineRow {
  readonly id: string;
  /** Parse, resolve, lower and optimise for both links of the target. */
  readonly toIr: Figure;
  /** The same, every warning there is, and the C. */
  readonly toC: Figure;
}

/** Filter text to IR and to C, in a process that has the compiler loaded. */
export async function measurePipeline(): Promise<Section> {
  const corpus = readCorpus('filters').map(({ expression }) => expression);
  const rows: PipelineRow[] = [
    {
      id: `mean of the ${corpus.length} filters of test/corpus`,
      toIr: await measureAll(analyse, corpus),
      toC: await measureAll(compile, corpus),
    },
  ];
  for (const { id, expression } of benchFilters()) {
    for (let run = 0; run < warmUpRuns; run++) compile(expression);
    const effort = { runs: 25, seconds: 1 };
    const toIr = await measure(() => analyse(expression), effort);
    rows.push({ id, toIr, toC: await measure(() => compile(expression), effort) });
  }
  return {
    figures: rows,
    text: formatTable(
      ['filter text', 'to IR, ms', 'to C, ms'],
      rows.map(({ id, toIr, toC }) => [id, formatFigure(toIr), formatFigure(toC)]),
    ),
  };
}

/** The mean of the expressions, several times. */
async function measureAll(
  run: (expression: string) => unknown,
  expressions: readonly string[],
): Promise<Figure> {
  const all = () => {
    for (const expression of expressions) run(expression);
  };
  all();
  const { median, quartiles, runs } = await measure(all, { runs: 5, seconds: 10 });
  const [first, third] = quartiles.map((value) => value / expressions.length);
  return {
    median: median / expressions.length,
    quartiles: [first ?? Number.NaN, third ?? Number.NaN],
    runs,
  };
}
