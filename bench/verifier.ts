import { compile, compileObject } from '../compiler/index.js';
import { type Verification, verifyObject } from '../runtime/verify/verify.js';
import { benchFilters } from './filters.js';
import type { Section } from './section.js';
import { formatTable } from './table.js';

/** The program that most hooks use. */
const shownProgram = 'netcap_tracing';

/** An object and its programs. */
interface VerifierRow {
  readonly id: string;
  readonly objectBytes: number;
  readonly best: readonly Verification[];
  readonly window: readonly Verification[];
}

/** What the programs of the objects cost the verifier of this kernel, with both readers. */
export async function measureVerifier(): Promise<Section> {
  if (process.getuid?.() !== 0) return { figures: [], text: ['Left out: loading needs root.'] };
  const rows: VerifierRow[] = [];
  for (const { id, expression } of benchFilters()) {
    const object = await compileObject(compile(expression).c ?? '');
    if (!object.ok) throw new Error(`${id}: ${object.mistakes[0]?.message}`);
    const { value } = object;
    const [best, window] = [verifyObject(value, false), verifyObject(value, true)];
    rows.push({ id, objectBytes: value.length, best, window });
  }
  return {
    figures: rows,
    text: [
      `Instructions that the verifier goes through, and states, for ${shownProgram}.`,
      '',
      ...formatTable(
        ['filter', 'object bytes', 'best reader', 'states', 'window reader', 'states'],
        rows.map(({ id, objectBytes, best, window }) => [
          id,
          String(objectBytes),
          ...[best, window].flatMap(cells),
        ]),
      ),
    ],
  };
}

function cells(programs: readonly Verification[]): readonly [string, string] {
  const shown = programs.find(({ program }) => program === shownProgram);
  if (shown === undefined) return ['missing', ''];
  return shown.accepted ? [String(shown.instructions), String(shown.states)] : [shown.reason, ''];
}
