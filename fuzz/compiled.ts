import { cEngine } from '../compiler/match/engine-c.js';
import { builtInResolver } from '../compiler/names/built-in.js';
import type { FuzzCase } from './case.js';
import { emptyTally, type Finding } from './finding.js';
import { compareVerdicts, type Judgement } from './judge.js';

/** A case of which libpcap and our interpreter have judged the packets. */
export type JudgedCase = FuzzCase & NonNullable<Judgement['agreed']>;

/** A finding of the compiled C, and the case it is about. */
export interface CompiledFinding {
  readonly number: number;
  readonly finding: Finding;
}

/**
 * Compare our compiled C with libpcap on cases of one link type and netmask: one program of all filters, over the
 * packets of all of them, because starting the C compiler costs more than verdicts that nobody asked for.
 */
export async function judgeCompiled(
  cases: readonly JudgedCase[],
  optimise: boolean,
): Promise<readonly CompiledFinding[]> {
  const [first] = cases;
  if (first === undefined) return [];
  const filters = cases.map(({ number, text }) => ({ id: String(number), expression: text }));
  const packets = cases.flatMap((one) =>
    one.packets.map(({ bytes, wireLength }) => ({ bytes, length: wireLength, record: bytes })),
  );
  const capture = { link: first.link.number, packets, preamble: new Uint8Array() };
  const outcome = await cEngine(filters, capture, {
    target: 'skb',
    link: first.link.link,
    optimise,
    resolver: builtInResolver,
    netmask: first.netmask,
    segments: 1,
  });
  if (!outcome.ok) return findBroken(cases, optimise, outcome.mistakes[0]?.message ?? 'failed');
  const verdicts = new Map(outcome.value.map((one) => [one.id, one]));
  let start = 0;
  return cases.flatMap((one) => {
    const ours = verdicts.get(String(one.number));
    const matches = ours?.ok ? ours.matches.slice(start, start + one.packets.length) : [];
    start += one.packets.length;
    // What is left out was counted with the interpreter's verdicts.
    const findings = compareVerdicts(one, 'c', one.packets, matches, one.answer, emptyTally());
    return findings.map((finding) => ({ number: one.number, finding }));
  });
}

/** Halve the cases until the one is found with which the program does not compile or run. */
async function findBroken(
  cases: readonly JudgedCase[],
  optimise: boolean,
  problem: string,
): Promise<readonly CompiledFinding[]> {
  const [first] = cases;
  if (first !== undefined && cases.length === 1)
    return [
      {
        number: first.number,
        finding: { kind: 'broken', engine: 'c', detail: beginning(problem) },
      },
    ];
  const middle = cases.length >> 1;
  return [
    ...(await judgeCompiled(cases.slice(0, middle), optimise)),
    ...(await judgeCompiled(cases.slice(middle), optimise)),
  ];
}

/** The first of a compiler's complaints. */
function beginning(problem: string): string {
  return problem.split('\n').slice(0, 3).join('\n');
}
