import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import {
  type CaptureFigures,
  costPackets,
  type FloodKind,
  measureAlone,
  measureCapture,
} from './flood/capture.js';
import type { FloodTimes } from './flood/floods.js';
import { type FloodPlace, inFloodPlace } from './flood/place.js';
import { type FloodRow, formatFloods } from './flood/report.js';
import { type ToolName, toolNames } from './flood/tools.js';
import { summarise } from './measure.js';
import type { Section } from './section.js';

const rounds = 3;
const kinds: readonly FloodKind[] = [64, 1400].flatMap((frameBytes) =>
  [0, 100, 1].map((every) => ({ frameBytes, every })),
);

/** What a tool showed in one round, and the floods without it. */
interface Sample extends CaptureFigures {
  readonly tool: ToolName;
  readonly kind: FloodKind;
  readonly alone: readonly FloodTimes[];
}

/** End to end: a flood over veth, captured to a file by netcap and by tcpdump. */
export async function measureFlood(folder: string): Promise<Section> {
  const missing = missingForFlood();
  if (missing !== undefined) return { figures: [], text: [`Left out: ${missing}.`] };
  const samples = await inFloodPlace(folder, takeSamples);
  const rows = summariseSamples(samples);
  return { figures: rows, text: formatFloods(rows) };
}

/** Why floods cannot be captured here; undefined if they can. */
export function missingForFlood(): string | undefined {
  if (process.getuid?.() !== 0) return 'attaching takes root';
  if (cpus().length < 2) return 'one processor sends while another captures';
  return ['tcpdump', 'taskset'].find((name) => spawnSync(name, ['--version']).status !== 0);
}

/** Rounds go through all kinds and tools, so that what changes meanwhile changes for all. */
async function takeSamples(place: FloodPlace): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds)
      for (const tool of toolNames) {
        const alone = await measureAlone(place, kind.frameBytes);
        samples.push({ tool, kind, alone, ...(await measureCapture(place, tool, kind)) });
      }
  return samples;
}

function summariseSamples(samples: readonly Sample[]): readonly FloodRow[] {
  return kinds.flatMap((kind) => {
    // Messages of one size cost the same whoever captures: by them, times become those of one speed of the processor.
    const sameSize = samples.filter((each) => each.kind.frameBytes === kind.frameBytes);
    const usual = summarise(
      sameSize
        .flatMap(({ costs, alone }) => [...costs.map(({ times }) => times), ...alone])
        .map(({ comparing }) => comparing),
    ).median;
    const perFrame = ({ sending, comparing }: FloodTimes) =>
      ((sending / comparing) * usual) / costPackets;
    const base = summarise(sameSize.flatMap(({ alone }) => alone.map(perFrame))).median;
    return toolNames.map((tool) => {
      const mine = samples.filter((each) => each.tool === tool && each.kind === kind);
      const costs = mine.flatMap((each) => each.costs);
      const added = costs.map(({ times }) => perFrame(times) - base);
      const own = costs.map(
        ({ times, processNanoseconds }) => (processNanoseconds / times.comparing) * usual,
      );
      const rates = mine.flatMap(({ rate }) => (rate === undefined ? [] : [rate]));
      return {
        ...kind,
        tool,
        added: summarise(added),
        process: summarise(own),
        sum: summarise(added.map((each, index) => each + (own[index] ?? Number.NaN))),
        rate: rates.length < mine.length ? undefined : summarise(rates),
      };
    });
  });
}
