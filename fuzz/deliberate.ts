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

/** The name of the rule that excuses two verdicts of a packet, if one does. */
export function excusePacket(
  text: string,
  program: readonly Instruction[],
  packet: FuzzPacket,
): string | undefined {
  if (/\\[^ !()\n\t\r]*\r/.test(text)) return 'pairs, a carriage return behind an escaped word';
  if (stepsOverAuthentication(program, packet)) return 'pairs, AH under protochain';
  return undefined;
}

/**
 * Whether libpcap's program steps over an Authentication header inside protochain, where it forgets how far it had come
 * (gen_protochain): `add #2; mul #4; tax` stands nowhere else, because arithmetic goes through scratch slots.
 */
function stepsOverAuthentication(program: readonly Instruction[], packet: FuzzPacket): boolean {
  const addTwo = 0x04;
  const timesFour = 0x24;
  const toIndex = 0x07;
  const isStep = (at: number) => {
    const [first, second, third] = program.slice(at, at + 3);
    return (
      first?.code === addTwo &&
      first.operand === 2 &&
      second?.code === timesFour &&
      second.operand === 4 &&
      third?.code === toIndex
    );
  };
  const visited = runProgram(program, { bytes: packet.bytes, wireLength: packet.wireLength });
  return visited.some(isStep);
}
