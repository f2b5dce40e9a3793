import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { type Capture, capture } from '../capture.js';
import { runningKernel } from '../hooks/kernel.js';
import { relinquishPrivileges } from '../privileges.js';
import { filesFull, type PacketSink, readerGone } from '../sink.js';
import { createAnnotate, createRemark } from '../text/annotate.js';
import { runningSymbols } from '../text/symbols.js';
import { openTextSink } from '../text/tcpdump.js';
import { describeAttachment } from './attached.js';
import { readNamedFile } from './files.js';
import { exitStatus, formatRefusal, reportMistakes } from './report.js';
import { describeSummary, hookName } from './summary.js';
import { watch } from './watch.js';
import { openWrite } from './write.js';
import { checkWrite, type WriteArguments, type WritePlan } from './write-options.js';

/** The command line of `netcap run`. */
export interface RunArguments extends WriteArguments {
  readonly object: string;
  readonly hook: string | undefined;
  /** Instead of hooks: all functions with a packet. */
  readonly all?: boolean;
  readonly count: number | undefined;
  readonly interface: string | undefined;
  readonly snaplen: number;
  readonly verbose: boolean;
}

/** `netcap run`: capture until the count is reached, a signal arrives or nobody reads any more. Throws BpfError. */
export async function run(args: RunArguments): Promise<number> {
  const numbers = checkNumbers(args);
  if (!numbers.ok) return reportMistakes(numbers.mistakes);
  const plan = checkWrite(args);
  if (!plan.ok) return reportMistakes(plan.mistakes);
  const hooks = args.all === true ? '*' : args.hook;
  if (hooks === undefined) {
    return reportMistakes(mistake('usage', 'name a hook with --hook, or take --all').mistakes);
  }
  const object = await readNamedFile(args.object);
  if (!object.ok) return reportMistakes(object.mistakes);
  const started = capture({
    object: object.value,
    objectName: args.object,
    hooks,
    snaplenBytes: args.snaplen,
    ...(args.count === undefined ? {} : { count: args.count }),
    ...(args.interface === undefined ? {} : { interface: args.interface }),
  });
  if (!started.ok) return reportMistakes(started.mistakes);
  const running = started.value;
  try {
    return await deliver(running, args, plan.value);
  } finally {
    running.stop();
  }
}

async function deliver(running: Capture, args: RunArguments, plan: WritePlan): Promise<number> {
  // Once: a second signal ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, running.stop);
  const opened = await openSink(running, args, plan);
  if (!opened.ok) return reportMistakes(opened.mistakes);
  const sink = opened.value;
  reportAttached(running, args.verbose);
  const stopWatching = watch(running, sink, plan);
  let outcome: Outcome<void> = success(undefined);
  try {
    for await (const batch of running) {
      outcome = await sink.append(batch);
      if (!outcome.ok) break;
    }
  } finally {
    stopWatching();
    const closed = await sink.close();
    if (outcome.ok) outcome = closed;
  }
  const lines = describeSummary(running.hooks.map(hookName), running.summary(), sink.packetCount());
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  return reportEnd(outcome);
}

/** Some reasons to stop writing are no failures. */
function reportEnd(outcome: Outcome<void>): number {
  if (outcome.ok) return exitStatus.ok;
  const { mistakes } = outcome;
  for (const { code, message } of mistakes) {
    if (code === filesFull) process.stderr.write(`ended: ${message}\n`);
  }
  return mistakes.every(({ code }) => code === readerGone || code === filesFull)
    ? exitStatus.ok
    : reportMistakes(mistakes);
}

function openSink(
  running: Capture,
  args: RunArguments,
  plan: WritePlan,
): Promise<Outcome<PacketSink>> {
  const sources = {
    symbolise: lazily(runningSymbols),
    reasonNames: runningKernel().btf()?.enumNames('skb_drop_reason') ?? new Map(),
  };
  if (plan.user !== undefined) {
    // Kernel addresses are for the privileged only.
    sources.symbolise = runningSymbols();
    const relinquished = relinquishPrivileges(plan.user);
    if (!relinquished.ok) return Promise.resolve(relinquished);
  }
  if (plan.path !== undefined) {
    return openWrite(running, args.snaplen, { ...plan, path: plan.path }, createRemark(sources));
  }
  return openTextSink({
    snaplenBytes: args.snaplen,
    wallClockOffset: running.wallClockOffset,
    annotate: createAnnotate({ ...sources, hookNames: running.hooks.map(hookName) }),
    output: process.stdout,
    errors: process.stderr,
  }).then(success);
}

function reportAttached(running: Capture, verbose: boolean): void {
  for (const attachment of running.attachments) {
    if (verbose) {
      for (const { error } of attachment.refused) process.stderr.write(formatRefusal(error, true));
    }
    const lines = describeAttachment(attachment, running.target, verbose);
    process.stderr.write(lines.map((line) => `${line}\n`).join(''));
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
