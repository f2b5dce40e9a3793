import { mistake, type Outcome, success } from '../../compiler/index.js';
import { type Capture, capture } from '../capture.js';
import { runningKernel } from '../hooks/kernel.js';
import { openPcapWriter } from '../pcap/writer.js';
import { type PacketSink, readerGone } from '../sink.js';
import { createAnnotate } from '../text/annotate.js';
import { runningSymbols } from '../text/symbols.js';
import { openTextSink } from '../text/tcpdump.js';
import { readNamedFile } from './files.js';
import { exitStatus, formatRefusal, reportMistakes } from './report.js';
import { describeAttached, describeSummary, hookName } from './summary.js';

/** The command line of `netcap run`. */
export interface RunArguments {
  readonly object: string;
  readonly hook: string;
  readonly write: string | undefined;
  readonly count: number | undefined;
  readonly interface: string | undefined;
  readonly snaplen: number;
  readonly verbose: boolean;
}

/** `netcap run`: capture until the count is reached, a signal arrives or nobody reads any more. Throws BpfError. */
export async function run(args: RunArguments): Promise<number> {
  const numbers = checkNumbers(args);
  if (!numbers.ok) return reportMistakes(numbers.mistakes);
  const object = await readNamedFile(args.object);
  if (!object.ok) return reportMistakes(object.mistakes);
  const started = capture({
    object: object.value,
    objectName: args.object,
    hooks: args.hook,
    snaplenBytes: args.snaplen,
    ...(args.count === undefined ? {} : { count: args.count }),
    ...(args.interface === undefined ? {} : { interface: args.interface }),
  });
  if (!started.ok) return reportMistakes(started.mistakes);
  const running = started.value;
  try {
    return await deliver(running, args);
  } finally {
    running.stop();
  }
}

async function deliver(running: Capture, args: RunArguments): Promise<number> {
  // Once: a second signal ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, running.stop);
  const sink = await openSink(running, args);
  if (!sink.ok) return reportMistakes(sink.mistakes);
  reportAttached(running, args.verbose);
  let outcome: Outcome<void> = success(undefined);
  for await (const batch of running) {
    outcome = await sink.value.append(batch);
    if (!outcome.ok) break;
  }
  const closed = await sink.value.close();
  const lines = describeSummary(
    running.hooks.map(hookName),
    running.summary(),
    sink.value.packetCount(),
  );
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  const last = outcome.ok ? closed : outcome;
  if (last.ok || last.mistakes.every(({ code }) => code === readerGone)) return exitStatus.ok;
  return reportMistakes(last.mistakes);
}

function openSink(running: Capture, args: RunArguments): Promise<Outcome<PacketSink>> {
  const options = { snaplenBytes: args.snaplen, wallClockOffset: running.wallClockOffset };
  if (args.write !== undefined) return openPcapWriter(args.write, options);
  const annotate = createAnnotate({
    hookNames: running.hooks.map(hookName),
    symbolise: lazily(runningSymbols),
    reasonNames: runningKernel().btf()?.enumNames('skb_drop_reason') ?? new Map(),
  });
  return openTextSink({
    ...options,
    annotate,
    output: process.stdout,
    errors: process.stderr,
  }).then(success);
}

function reportAttached(running: Capture, verbose: boolean): void {
  for (const hook of running.hooks) {
    if (verbose) {
      for (const error of hook.refused) process.stderr.write(formatRefusal(error, true));
    }
    process.stderr.write(`${describeAttached(hook, running.target)}\n`);
  }
}

function checkNumbers({ count, snaplen }: RunArguments): Outcome<void> {
  if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
    return mistake('usage', '--count takes a number of packets, 1 or more');
  }
  if (!(Number.isInteger(snaplen) && snaplen >= 1 && snaplen <= 262144)) {
    return mistake('usage', '--snaplen takes a number of bytes, 1 to 262144');
  }
  return success(undefined);
}

/** Reading all the kernel's symbols takes a moment that most captures do not need. */
function lazily<Argument, Result>(make: () => (argument: Argument) => Result) {
  let made: ((argument: Argument) => Result) | undefined;
  return (argument: Argument): Result => {
    made ??= make();
    return made(argument);
  };
}
