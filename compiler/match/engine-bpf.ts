import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capture } from '../capture/capture.js';
import { compile } from '../compile.js';
import { type Outcome, success } from '../diagnostics/outcome.js';
import { compileObject } from '../object/clang.js';
import { commandFailed, runRuntime } from '../runtime-command.js';
import {
  type Engine,
  inOrder,
  type MatchOptions,
  type NamedFilter,
  type Verdicts,
} from './match.js';

const compilersAtOnce = 2;

/** Runs the objects in the kernel, through `netcap match`. */
export const bpfEngine: Engine = async (filters, capture, options) => {
  const folder = await mkdtemp(join(tmpdir(), 'netcapc-match-'));
  try {
    const built = await buildObjects(filters, options, folder);
    if (!built.ok) return built;
    const captureFile = join(folder, 'packets.pcap');
    await writeFile(captureFile, encodeCapture(capture));
    const lines = await runObjects(built.value.objects, captureFile, options);
    if (!lines.ok) return lines;
    return success(inOrder(filters, [...built.value.failed, ...lines.value.map(parseLine)]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

interface Built {
  /** Lines of `id<TAB>path`. */
  readonly objects: readonly string[];
  readonly failed: readonly Verdicts[];
}

async function buildObjects(
  filters: readonly NamedFilter[],
  options: MatchOptions,
  folder: string,
): Promise<Outcome<Built>> {
  const objects: string[] = [];
  const failed: Verdicts[] = [];
  let broken: Outcome<Uint8Array> | undefined;
  let next = 0;
  const work = async () => {
    while (next < filters.length && broken === undefined) {
      const index = next++;
      const { id, expression } = filters[index] as NamedFilter;
      const { c, diagnostics } = compile(expression, {
        target: options.target,
        optimise: options.optimise,
      });
      const error = diagnostics.find(({ severity }) => severity === 'error');
      if (c === undefined) {
        if (error !== undefined) failed.push({ id, ok: false, mistake: error });
        continue;
      }
      const object = await compileObject(c);
      if (!object.ok) {
        broken = object;
        return;
      }
      const file = join(folder, `${index}.o`);
      await writeFile(file, object.value);
      objects.push(`${id}\t${file}`);
    }
  };
  await Promise.all(Array.from({ length: compilersAtOnce }, work));
  if (broken !== undefined && !broken.ok) return broken;
  return success({ objects, failed });
}

async function runObjects(
  objects: readonly string[],
  captureFile: string,
  options: MatchOptions,
): Promise<Outcome<readonly string[]>> {
  const args = ['match', '--objects', '-', '-r', captureFile, '--segments', `${options.segments}`];
  const finished = await runRuntime(args, objects.map((line) => `${line}\n`).join(''));
  if (!finished.ok) return finished;
  if (finished.value.status !== 0) return commandFailed('match', finished.value);
  return success(finished.value.output.split('\n').slice(0, -1));
}

/** `id<TAB>OK<TAB>matched<TAB>bits` or `id<TAB>ERR<TAB>code<TAB>message`. */
function parseLine(line: string): Verdicts {
  const [id = '', state, first = '', second = ''] = line.split('\t');
  if (state === 'OK') return { id, ok: true, matches: [...second].map((bit) => bit === '1') };
  return { id, ok: false, mistake: { code: first, message: second } };
}

/** The packets as a plain pcap file, so that truncation has happened once, in one place. */
function encodeCapture(capture: Capture): Uint8Array {
  const size = capture.packets.reduce((sum, { bytes }) => sum + 16 + bytes.length, 24);
  const encoded = new Uint8Array(size);
  const view = new DataView(encoded.buffer);
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 262144, true);
  view.setUint32(20, capture.link, true);
  let offset = 24;
  for (const { bytes, length } of capture.packets) {
    view.setUint32(offset + 8, bytes.length, true);
    view.setUint32(offset + 12, length, true);
    encoded.set(bytes, offset + 16);
    offset += 16 + bytes.length;
  }
  return encoded;
}
