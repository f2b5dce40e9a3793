import { builtInTables } from '../compiler/names/built-in.js';
import type { Answer, Instruction } from '../test/oracle/stream.js';
import type { Study } from './ours.js';
import type { FuzzPacket } from './packets/make.js';
import { runProgram } from './program.js';

/*
 * Where we differ from libpcap on purpose; grammar/README.md has the reasons. Each rule is as narrow as it can be
 * told, is asked only about what does differ, and is counted.
 */

interface TextRule {
  readonly name: string;
  readonly excuses: (text: string, ours: Study, theirs: Answer) => boolean;
}

/** Texts that only one of us accepts. */
const textRules: readonly TextRule[] = [
  {
    // White space to us, a syntax error to libpcap.
    name: 'texts, a comment',
    excuses: (text, ours, theirs) =>
      text.includes('#') && ours.kind === 'accepted' && theirs.kind === 'rejected',
  },
  {
    // To libpcap the carriage return is a letter of the escaped word.
    name: 'texts, a carriage return behind an escaped word',
    excuses: (text) => /\\[^ !()\n\t\r]*\r/.test(text),
  },
  {
    // getaddrinfo takes it modulo 2^16.
    name: 'texts, an escaped port beyond 65535',
    excuses: (text, ours, theirs) =>
      ours.kind === 'rejected' &&
      theirs.kind === 'accepted' &&
      [...text.matchAll(/\\(\d+)/g)].some(([, digits]) => Number(digits) > 65535),
  },
  {
    // libpcap's are the parser's stack and memory.
    name: 'texts, our limits of depth and length',
    excuses: (_, ours) =>
      ours.kind === 'rejected' && ['nested-too-deep', 'filter-too-long'].includes(ours.code),
  },
  {
    // Our tables are built in; libpcap asks this machine's files.
    name: 'texts, a name that this machine does not know',
    excuses: (_, ours, theirs) =>
      ours.kind === 'accepted' &&
      theirs.kind === 'rejected' &&
      isBuiltIn(/^unknown .*'([^']+)'$/.exec(theirs.message)?.[1] ?? ''),
  },
];

function isBuiltIn(name: string): boolean {
  const { services, protocols, networks } = builtInTables;
  return services.has(name) || protocols.has(name) || networks.has(name.toLowerCase());
}

/** The name of the rule that excuses two opinions of a text, if one does. */
export function excuseText(text: string, ours: Study, theirs: Answer): string | undefined {
  return textRules.find(({ excuses }) => excuses(text, ours, theirs))?.name;
}

interface PairRule {
  readonly name: string;
  /** `visited`: the instructions of libpcap's program that the packet runs, in order. */
  readonly excuses: (program: readonly Instruction[], visited: readonly number[]) => boolean;
}

/** Packets of which we have another verdict. */
const pairRules: readonly PairRule[] = [
  { name: 'pairs, AH under protochain', excuses: stepsOverAuthentication },
  { name: 'pairs, an old number for an offset behind no tunnel', excuses: readsLeftover },
];

/** The name of the rule that excuses two verdicts of a packet, if one does. */
export function excusePacket(
  text: string,
  program: readonly Instruction[],
  packet: FuzzPacket,
): string | undefined {
  if (/\\[^ !()\n\t\r]*\r/.test(text)) return 'pairs, a carriage return behind an escaped word';
  const draft = { bytes: packet.bytes, wireLength: packet.wireLength };
  const visited = runProgram(program, draft);
  return pairRules.find(({ excuses }) => excuses(program, visited))?.name;
}

/**
 * Whether libpcap's program steps over an Authentication header inside protochain, where it forgets how far it had come
 * (gen_protochain): `add #2; mul #4; tax` stands nowhere else, because arithmetic goes through scratch slots.
 */
function stepsOverAuthentication(
  program: readonly Instruction[],
  visited: readonly number[],
): boolean {
  const addTwo = 0x04;
  const timesFour = 0x24;
  const toIndex = 0x07;
  return visited.some((at) => {
    const [first, second, third] = program.slice(at, at + 3);
    return (
      first?.code === addTwo &&
      first.operand === 2 &&
      second?.code === timesFour &&
      second.operand === 4 &&
      third?.code === toIndex
    );
  });
}

/**
 * Whether an offset behind `geneve` or `vxlan` is read though there is no tunnel, from a scratch slot in which
 * arithmetic further left has left a number (gen_geneve_offsets, gen_vxlan_offsets; without arithmetic it is 0). The
 * three slots of a tunnel are written last by its own code, which ends with the only kind of `stx` there is.
 */
function readsLeftover(program: readonly Instruction[], visited: readonly number[]): boolean {
  const tunnelCode = 18;
  const ends = program.flatMap(({ code }, at) => (code === 0x03 ? [at] : []));
  const isStore = ({ code }: Instruction) => code === 0x02 || code === 0x03;
  /** Where the code of the tunnel starts whose offset the slot holds, seen from `at`. */
  const startOf = (at: number, slot: number) =>
    ends
      .filter((end) => end < at)
      .map((end) => end - tunnelCode)
      .find((start) =>
        program
          .slice(Math.max(0, start), start + tunnelCode + 1)
          .some((each) => isStore(each) && each.operand === slot),
      );
  const stored = new Map<number, number>();
  return visited.some((at) => {
    const instruction = program[at];
    if (instruction === undefined) return false;
    if (isStore(instruction)) stored.set(instruction.operand, at);
    const isLoad = instruction.code === 0x60 || instruction.code === 0x61;
    const from = isLoad ? stored.get(instruction.operand) : undefined;
    const start = from === undefined ? undefined : startOf(at, instruction.operand);
    return from !== undefined && start !== undefined && from < start;
  });
}
