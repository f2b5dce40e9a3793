import { existsSync, readFileSync } from 'node:fs';
import { loadTemplate } from '../../compiler/5-emit/template.js';
import { compile, compileObject } from '../../compiler/index.js';
import { idleKnobs } from '../../runtime/bpf/knobs.js';
import { packetKinds } from '../../runtime/events/flags.js';
import type { NetcapKnobs } from '../../runtime/events/generated.js';
import type { BenchFilter } from '../filters.js';
import type { LibpcapPrograms } from '../libpcap.js';
import { classicToAssembly } from './classic-assembly.js';
import { classicToC } from './classic-c.js';

/** Ways to filter, in the order of tables; README.md says what each does. */
export const candidateNames = [
  'cast',
  'window',
  'cast-kprobe',
  'window-kprobe',
  'probe-read',
  'window-copy',
  'socket',
  'packet-socket',
  'hand-written',
  'hand-written-kprobe',
] as const;
export type CandidateName = (typeof candidateNames)[number];

/** An object with the program `bench_run` (loop.bpf.h). */
export interface Candidate {
  readonly object: Uint8Array;
  /** The verdict is part of the loop, not a function that it calls; ours is, and the object has `bench_once` too. */
  readonly isInlined?: boolean;
  readonly knobs?: NetcapKnobs;
}

export type Candidates = Readonly<Partial<Record<CandidateName, Candidate>>>;

/** The objects that a filter is measured with; absent where there is none of that kind. */
export async function buildCandidates(
  { id, expression }: BenchFilter,
  { optimised }: LibpcapPrograms,
): Promise<Candidates> {
  const c = classicToC(optimised);
  const assembly = assemble(optimised);
  const handWritten = `../hand-written/${id}.bpf.c`;
  const hasByHand = exists(handWritten);
  const argument = read('argument.bpf.h');
  const [readers, probeRead, windowCopy, socket, packetSocket, byHand, byHandAtKprobe] =
    await Promise.all([
      buildReaders(expression),
      buildOther(read('probe-read.bpf.h'), c),
      buildOther('#define BENCH_WINDOW 128', read('probe-read.bpf.h'), c),
      assembly && buildOther(assembly, read('socket-filter.bpf.h')),
      assembly && buildOther(packetSocketFlag, assembly, read('socket-filter.bpf.h')),
      hasByHand ? buildOther(typedFlag, argument, read(handWritten)) : undefined,
      hasByHand ? buildOther(argument, read(handWritten)) : undefined,
    ]);
  return {
    ...readers,
    'probe-read': { object: probeRead },
    'window-copy': { object: windowCopy },
    ...(socket && { socket: { object: socket } }),
    ...(packetSocket && { 'packet-socket': { object: packetSocket } }),
    ...(byHand && { 'hand-written': { object: byHand } }),
    ...(byHandAtKprobe && { 'hand-written-kprobe': { object: byHandAtKprobe } }),
  };
}

/** Our two readers alone, as tp_btf hooks have them and as kprobes have them. */
export function buildReaders(expression: string): Promise<Candidates> {
  return withReaders(compileOurs(expression));
}

/** The hook's argument is a struct sk_buff * to the verifier, too. */
const typedFlag = '#define BENCH_TYPED';
const packetSocketFlag = '#define BENCH_PACKET_SOCKET';

/** Filters that accept everything: what is spent on finding the packet. */
export async function buildStarts(): Promise<Candidates> {
  const accept = '#define BENCH_PROGRAM "w0 = 1\\n"';
  return {
    ...(await withReaders(loadTemplate('skb.bpf.c'))),
    socket: { object: await buildOther(accept, read('socket-filter.bpf.h')) },
    'packet-socket': {
      object: await buildOther(packetSocketFlag, accept, read('socket-filter.bpf.h')),
    },
  };
}

/** The loop around nothing, and around a call of a function that does nothing. */
export async function buildEmpties(): Promise<Empties> {
  return {
    inlined: { object: await buildOther(read('empty.bpf.h')) },
    called: { object: await buildOther('#define BENCH_CALL', read('empty.bpf.h')) },
  };
}

export type Empties = Readonly<Record<'inlined' | 'called', Candidate>>;

/** The program `bench_prepare` (prepare.bpf.c). */
export function buildPrepare(): Promise<Uint8Array> {
  return build(loadTemplate('helpers.bpf.h'), licence, read('packet.bpf.h'), read('prepare.bpf.c'));
}

function compileOurs(expression: string): string {
  const { c, diagnostics } = compile(expression);
  if (c === undefined) throw new Error(`${expression}: ${diagnostics[0]?.message}`);
  return c;
}

async function withReaders(emitted: string): Promise<Candidates> {
  const [typed, atKprobe] = await Promise.all([buildOurs(typedFlag, emitted), buildOurs(emitted)]);
  const ours = (object: Uint8Array, isWindowForced: boolean, packetKind: number): Candidate => ({
    object,
    isInlined: true,
    knobs: { ...idleKnobs(isWindowForced), packetKind },
  });
  return {
    cast: ours(typed, false, packetKinds.typed),
    window: ours(typed, true, packetKinds.typed),
    'cast-kprobe': ours(atKprobe, false, packetKinds.target),
    'window-kprobe': ours(atKprobe, true, packetKinds.target),
  };
}

/** The program as a string of C; undefined if a socket cannot have it. */
function assemble(program: LibpcapPrograms['optimised']): string | undefined {
  const lines = classicToAssembly(program)?.map((line) => `\t"${line}\\n"`);
  return lines && `#define BENCH_PROGRAM \\\n${lines.join(' \\\n')}\n`;
}

/** What is emitted for a hook, in the loop. */
function buildOurs(...emitted: readonly string[]): Promise<Uint8Array> {
  const parts = ['packet.bpf.h', 'argument.bpf.h', 'ours.bpf.h', 'loop.bpf.h'];
  return build(...emitted, ...parts.map(read));
}

const licence = 'char bench_license[] SEC("license") = "Dual BSD/GPL";';

/** What is not emitted needs the helpers' declarations and a licence. */
function buildOther(...parts: readonly string[]): Promise<Uint8Array> {
  const before = [loadTemplate('helpers.bpf.h'), licence, read('packet.bpf.h')];
  return build(...before, ...parts, read('loop.bpf.h'));
}

async function build(...parts: readonly string[]): Promise<Uint8Array> {
  const object = await compileObject(parts.join('\n'));
  if (!object.ok) throw new Error(object.mistakes[0]?.message);
  return object.value;
}

function exists(file: string): boolean {
  return existsSync(new URL(file, import.meta.url));
}

/** A file of this folder with what it includes in its place. */
function read(file: string): string {
  const place = new URL(file, import.meta.url);
  return readFileSync(place, 'utf8').replace(/^#include "([^"]+)"\n/gm, (_, included: string) =>
    readFileSync(new URL(included, place), 'utf8'),
  );
}
