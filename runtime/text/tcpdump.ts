import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { createBpfError } from '../bpf/error.js';
import type { NetcapRecord } from '../events/generated.js';
import { packetsOf } from '../packets.js';
import { wallClock } from '../pcap/clock.js';
import { encodePcapHeader, encodePcapRecords, type PcapOptions } from '../pcap/pcap.js';
import { type PacketSink, readerGone } from '../sink.js';
import type { Annotation } from './annotate.js';
import { createLineAnnotator } from './number-lines.js';

const tcpdumpArguments = ['-nn', '-l', '--number', '--time-stamp-precision=nano', '-r', '-'];

/** What tcpdump says of its input before the first packet. */
const greeting = /^reading from file /;

/** What the text needs to know. */
export interface TextSinkOptions extends PcapOptions {
  readonly annotate: (record: NetcapRecord) => Annotation;
  readonly output: Writable;
  readonly errors: Writable;
}

type Tcpdump = ChildProcessByStdio<Writable, Readable, Readable>;

/** Prints packets as tcpdump does, each with what the kernel said of it. Throws BpfError if tcpdump does not run. */
export async function openTextSink(options: TextSinkOptions): Promise<PacketSink> {
  const child = await startTcpdump();
  const wallTime = wallClock(options.wallClockOffset);
  const waiting: Annotation[] = [];
  let printed = 0;
  let failure: Outcome<void> | undefined;

  const annotateLine = createLineAnnotator(() => {
    printed++;
    return waiting.shift();
  });
  const ended = once(child, 'close').then(([status]) => {
    if (status !== 0) failure ??= mistake('output-failed', 'tcpdump has failed');
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    // tcpdump is faster than a slow terminal: it has to wait too.
    if (!options.output.write(`${annotateLine(line)}\n`)) {
      lines.pause();
      options.output.once('drain', () => lines.resume());
    }
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!greeting.test(line)) options.errors.write(`${line}\n`);
  });
  options.output.on('error', (error: NodeJS.ErrnoException) => {
    failure ??=
      error.code === 'EPIPE'
        ? mistake(readerGone, 'the reader of standard output has gone')
        : mistake('output-failed', `cannot print: ${error.message}`);
    lines.resume();
  });
  child.stdin.on('error', () => {
    failure ??= mistake('output-failed', 'tcpdump has ended before the capture');
  });
  const send = async (bytes: Uint8Array): Promise<Outcome<void>> => {
    if (failure === undefined && !child.stdin.write(bytes)) {
      await Promise.race([once(child.stdin, 'drain').catch(() => undefined), ended]);
    }
    return failure ?? success(undefined);
  };

  await send(encodePcapHeader(options.snaplenBytes));
  return {
    append: (batch) => {
      for (const { record } of packetsOf(batch)) waiting.push(options.annotate(record));
      return send(encodePcapRecords(batch, wallTime));
    },
    close: async () => {
      child.stdin.end();
      await ended;
      return failure ?? success(undefined);
    },
    packetCount: () => printed,
  };
}

async function startTcpdump(): Promise<Tcpdump> {
  // A process group of its own: what the terminal sends on ctrl-C must not end it before it has printed everything.
  const child: Tcpdump = spawn('tcpdump', tcpdumpArguments, {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  try {
    await once(child, 'spawn');
    return child;
  } catch (cause) {
    const message = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw createBpfError({
      operation: 'run tcpdump',
      reason: message === 'ENOENT' ? 'it is not installed' : message,
      help: 'install tcpdump, or write a capture file with -w',
    });
  }
}
