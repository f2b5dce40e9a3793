import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { oracleScript, toLine } from './oracle.js';

/** A filter, what its packets start with, and the packets. */
export interface Question {
  readonly expression: string;
  /** LINKTYPE of the capture file that libpcap believes it reads. */
  readonly linkType: number;
  /** For `ip broadcast`; unknown where absent. */
  readonly netmask?: number | undefined;
  readonly packets: readonly { readonly bytes: Uint8Array; readonly wireLength: number }[];
}

/** One instruction of a classic BPF program (bpf_insn). */
export interface Instruction {
  readonly code: number;
  readonly jumpTrue: number;
  readonly jumpFalse: number;
  readonly operand: number;
}

/** What libpcap says; `silent` where it ran into the time limit or crashed. */
export type Answer =
  | {
      readonly kind: 'accepted';
      readonly bits: string;
      readonly program: readonly Instruction[];
    }
  | { readonly kind: 'rejected'; readonly message: string }
  | { readonly kind: 'silent'; readonly reason: string };

/** A libpcap that answers one question after the other. Host names are looked up in files only, never in a network. */
export interface OracleStream {
  readonly ask: (question: Question) => Promise<Answer>;
  /** End the process; questions without an answer fail. */
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Start the oracle in a process that takes thousands of questions, by default unoptimised and 5 s each. */
export function openOracle(
  options: { readonly optimise?: boolean; readonly secondsPerFilter?: number } = {},
): OracleStream {
  const arguments_ = [
    '--stream',
    ...(options.optimise ? ['--optimise'] : []),
    '--seconds',
    String(options.secondsPerFilter ?? 5),
  ];
  const oracle = spawn(oracleScript, arguments_, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(oracle, 'close');
  const waiting: Waiting[] = [];
  let text = '';
  oracle.stdin.on('error', () => {}); // its exit status tells why it stopped reading
  oracle.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) waiting.shift()?.resolve(parseAnswer(line));
  });
  void closed.then(([status]) => {
    for (const { reject } of waiting.splice(0))
      reject(new Error(`the oracle ended with status ${status}`));
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (oracle.exitCode !== null) {
          reject(new Error(`the oracle ended with status ${oracle.exitCode}`));
          return;
        }
        waiting.push({ resolve, reject });
        oracle.stdin.write(encodeQuestion(question));
      }),
    close: async () => {
      oracle.stdin.end();
      await closed;
    },
  };
}

function encodeQuestion({ expression, linkType, netmask, packets }: Question): Uint8Array {
  if (expression.includes('\0')) throw new Error('a C string cannot hold a NUL');
  const fields = ['', linkType, netmask ?? -1, packets.length, toLine(expression)];
  const line = Buffer.from(`${fields.join('\t')}\n`);
  const size = packets.reduce((sum, { bytes }) => sum + 8 + bytes.length, line.length);
  const encoded = Buffer.alloc(size);
  let offset = line.copy(encoded);
  for (const { bytes, wireLength } of packets) {
    encoded.writeUInt32LE(bytes.length, offset);
    encoded.writeUInt32LE(wireLength, offset + 4);
    encoded.set(bytes, offset + 8);
    offset += 8 + bytes.length;
  }
  return encoded;
}

function parseAnswer(line: string): Answer {
  const [, status, detail = '', bits = '', program = ''] = line.split('\t');
  switch (status) {
    case 'OK':
      return { kind: 'accepted', bits, program: parseProgram(program) };
    case 'ERR':
      return { kind: 'rejected', message: detail };
    default:
      return { kind: 'silent', reason: detail };
  }
}

function parseProgram(text: string): readonly Instruction[] {
  return Array.from({ length: text.length / 16 }, (_, index) => {
    const field = (start: number, end: number) =>
      Number.parseInt(text.slice(index * 16 + start, index * 16 + end), 16);
    return {
      code: field(0, 4),
      jumpTrue: field(4, 6),
      jumpFalse: field(6, 8),
      operand: field(8, 16),
    };
  });
}
