import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import type { Limits } from '../bpf/limits.js';
import { type Capture, capture } from '../capture.js';
import { runningKernel } from '../hooks/kernel.js';
import { parseHooks } from '../hooks/spec.js';
import { relinquishPrivileges } from '../privileges.js';
import { filesFull, type PacketSink, readerGone } from '../sink.js';
import { createAnnotate, createRemark } from '../text/annotate.js';
import { runningSymbols } from '../text/symbols.js';
import { openTextSink } from '../text/tcpdump.js';
import { describeAttachment } from './attached.js';
import { readNamedFile } from './files.js';
import { checkLimits, type LimitArguments } from './limit-options.js';
import { createReadings, type Readings } from './readings.js';
import { exitStatus, formatRefusal, reportMistakes } from './report.js';
import { checkSizes, type SizeArguments, type Sizes } from './size-options.js';
import { describeSummary, hookName } from './summary.js';
import { watch } from './watch.js';
import { openWrite } from './write.js';
import { checkWrite, type WriteArguments, type WritePlan } from './write-options.js';

/** The command line of a capture. */
export interface CaptureArguments extends WriteArguments, LimitArguments, SizeArguments {
  readonly hook: string | undefined;
  /** Instead of hooks: all functions with a packet. */
  readonly all?: boolean;
  readonly interface: string | undefined;
  readonly verbose: boolean;
}

/** The command line of `netcap run`. */
export interface RunArguments extends CaptureArguments {
  readonly object: string;
}

/** What a command line means, as far as it can be told without an object. */
export interface CapturePlan {
  readonly args: CaptureArguments;
  readonly hooks: string;
  readonly write: WritePlan;
  readonly limits: Limits;
  readonly sizes: Sizes;
}

/** `netcap run`. Throws BpfError. */
export async function run(args: RunArguments): Promise<number> {
  const plan = planCapture(args);
  if (!plan.ok) return reportMistakes(plan.mistakes);
  const object = await readNamedFile(args.object);
  if (!object.ok) return reportMistakes(object.mistakes);
  return await runCapture(plan.value, object.value, args.object);
}

/** Whether a command line makes sense. */
export function planCapture(args: CaptureArguments): Outcome<CapturePlan> {
  const sizes = checkSizes(args);
  if (!sizes.ok) return sizes;
  const limits = checkLimits(args);
  if (!limits.ok) return limits;
  const write = checkWrite(args);
  if (!write.ok) return write;
  const hooks = args.all === true ? '*' : args.hook;
  if (hooks === undefined) return mistake('usage', 'name a hook with --hook, or take --all');
  const specs = parseHooks(hooks);
  return specs.ok
    ? success({ args, hooks, write: write.value, limits: limits.value, sizes: sizes.value })
    : specs;
}

/** Capture until the count is reached, a signal arrives or nobody reads any more. Throws BpfError. */
export async function runCapture(
  { args, hooks, write, limits, sizes }: CapturePlan,
  object: Uint8Array,
  objectName: string,
): Promise<number> {
  const started = capture({
    object,
    objectName,
    hooks,
    ...sizes,
    ...limits,
    ...(args.interface === undefined ? {} : { interface: args.interface }),
  });
  if (!started.ok) return reportMistakes(started.mistakes);
  const running = started.value;
  try {
    return await deliver(running, args, write);
  } finally {
    running.stop();
  }
}

async function deliver(running: Capture, args: CaptureArguments, plan: WritePlan): Promise<number> {
  // Once: a second signal ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, running.stop);
  let written = () => 0;
  const readings = createReadings(running.summary, () => written());
  const opened = await openSink(running, args, plan, readings);
  if (!opened.ok) return reportMistakes(opened.mistakes);
  const sink = opened.value;
  written = sink.packetCount;
  reportAttached(running, args.verbose);
  const stopWatching = watch(running, sink, plan, readings);
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
  const lines = describeSummary(running.hooks.map(hookName), readings.take(), args.verbose);
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
  args: CaptureArguments,
  plan: WritePlan,
  readings: Readings,
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
    const remark = createRemark(sources);
    return openWrite(running, args.snaplen, { ...plan, path: plan.path }, remark, readings);
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

/** Reading all the kernel's symbols takes a moment that most captures do not need. */
function lazily<Argument, Result>(make: () => (argument: Argument) => Result) {
  let made: ((argument: Argument) => Result) | undefined;
  return (argument: Argument): Result => {
    made ??= make();
    return made(argument);
  };
}
