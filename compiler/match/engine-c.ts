import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitHostProgram } from '../5-emit/host.js';
import type { Capture } from '../capture/capture.js';
import { mistake, type Outcome, success } from '../diagnostics/outcome.js';
import { compileHostProgram } from '../object/clang.js';
import { type AnalysedFilter, analyseFilters, type Engine, inOrder, protocolOf } from './match.js';

/** Filters in one program: a compiler's time grows with a unit's size, and two units keep two cores busy. */
const filtersPerProgram = 100;
const programsAtOnce = 2;

/** Compiles the emitted C for this machine, many filters to a program, and runs it over the packets. */
export const cEngine: Engine = async (filters, capture, options) => {
  const { analysed, failed } = analyseFilters(filters, options);
  const packets = encodePackets(capture);
  const folder = await mkdtemp(join(tmpdir(), 'netcapc-match-'));
  try {
    const batches = Array.from(
      { length: Math.ceil(analysed.length / filtersPerProgram) },
      (_, index) => analysed.slice(index * filtersPerProgram, (index + 1) * filtersPerProgram),
    );
    const results: Outcome<readonly string[]>[] = new Array(batches.length);
    let next = 0;
    const work = async () => {
      while (next < batches.length) {
        const index = next++;
        results[index] = await runBatch(batches[index] ?? [], packets, join(folder, `${index}`));
      }
    };
    await Promise.all(Array.from({ length: programsAtOnce }, work));

    const verdicts = [];
    for (const [index, result] of results.entries()) {
      if (!result.ok) return result;
      for (const [position, line] of result.value.entries()) {
        const id = batches[index]?.[position]?.id ?? '';
        verdicts.push({ id, ok: true as const, matches: [...line].map((bit) => bit === '1') });
      }
    }
    return success(inOrder(filters, [...failed, ...verdicts]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Lines of bits, one for each filter. */
async function runBatch(
  filters: readonly AnalysedFilter[],
  packets: Uint8Array,
  file: string,
): Promise<Outcome<readonly string[]>> {
  const compiled = await compileHostProgram(emitHostProgram(filters), file);
  return compiled.ok ? runProgram(file, packets) : compiled;
}

function runProgram(file: string, packets: Uint8Array): Promise<Outcome<readonly string[]>> {
  return new Promise((resolve) => {
    const child = spawn(file, [], { stdio: ['pipe', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => {}); // its exit status tells why it stopped reading
    child.on('error', (error) => resolve(mistake('engine-failed', error.message)));
    child.on('close', (status, signal) => {
      if (status === 0)
        resolve(success(Buffer.concat(chunks).toString('latin1').split('\n').slice(0, -1)));
      else resolve(mistake('engine-failed', `the compiled filters ended with ${signal ?? status}`));
    });
    child.stdin.end(packets);
  });
}

/** What the host program reads: a count, then captured, length, protocol and bytes of each packet. */
function encodePackets(capture: Capture): Uint8Array {
  const size = capture.packets.reduce((sum, { bytes }) => sum + 12 + bytes.length, 4);
  const encoded = new Uint8Array(size);
  const view = new DataView(encoded.buffer);
  view.setUint32(0, capture.packets.length, true);
  let offset = 4;
  for (const { bytes, length } of capture.packets) {
    view.setUint32(offset, bytes.length, true);
    view.setUint32(offset + 4, length, true);
    view.setUint32(offset + 8, protocolOf(bytes), true);
    encoded.set(bytes, offset + 12);
    offset += 12 + bytes.length;
  }
  return encoded;
}
