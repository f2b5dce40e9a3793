#!/usr/bin/env node
import type { Command, Option } from 'commander';
import {
  addExamples,
  addOptions,
  createProgram,
  endWithReader,
  runProgram,
} from '../../compiler/cli/command-line.js';
import type { ListArguments } from './list.js';
import type { MatchArguments } from './match.js';
import type { OneStepArguments, OneStepTarget } from './one-step.js';
import {
  allOption,
  captureOptions,
  hookOption,
  listOptions,
  matchOptions,
  oneStepOptions,
  usualHooks,
  verifyOptions,
} from './options.js';
import { reportingRefusals } from './report.js';
import type { RunArguments } from './run.js';
import type { VerifyArguments } from './verify.js';

// Each command is loaded when it is run: help, and what is wrong with a command line, need no libbpf.

const program = createProgram(
  'netcap',
  'Capture packets at hooks in the kernel with objects that netcapc built.',
);

const run = program
  .command('run')
  .description('attach an object and show or write the packets that match')
  .argument('<object>', 'what netcapc built')
  .action(async (object: string, options: Omit<RunArguments, 'object'>) => {
    const commands = await import('./run.js');
    process.exitCode = await reportingRefusals(options.verbose, () =>
      commands.run({ ...options, object }),
    );
  });
addCaptureOptions(run, hookOption());
addExamples(run, [
  ['netcap run http.o --hook tp:net:netif_receive_skb', 'packets as tcpdump prints them'],
  ["netcap run http.o --hook 'ip_*,!ip_rcv_core'", 'many functions at once'],
  ['netcap run http.o --hook ip_rcv,kfree_skb_reason -w t.pcap', 'two functions, one file'],
]);

const skb = addOneStep('skb', 'compile a filter, and show or write the packets that match it');
addExamples(skb, [
  ["netcap skb -e 'icmp or arp'", 'what comes in, goes out and is dropped'],
  ["netcap skb -f ip_rcv,kfree_skb_reason -e 'tcp port 80' -w t.pcap", 'at two functions'],
  ["netcap skb -e 'tcp port 80' --dry-run", 'what would run in the kernel'],
]);
const sock = addOneStep('sock', 'the same where there is no packet but a socket');
addExamples(sock, [
  ["netcap sock -f tcp_sendmsg -e 'port 443'", 'who sends over which connection'],
]);

const list = program
  .command('list')
  .description('list functions and events that carry packets, and how they can be hooked here')
  .argument('[glob]', 'only those with such a name', '*')
  .action(async (glob: string, options: Omit<ListArguments, 'glob'>) => {
    endWithReader();
    const commands = await import('./list.js');
    process.exitCode = commands.list({ ...options, glob });
  });
addOptions(list, listOptions);

const match = program
  .command('match')
  .description('run objects over a capture file, in the kernel')
  .action(async (options: MatchArguments & Pick<RunArguments, 'verbose'>) => {
    endWithReader();
    const commands = await import('./match.js');
    process.exitCode = await reportingRefusals(options.verbose, () => commands.match(options));
  });
addOptions(match, matchOptions);

const verify = program
  .command('verify')
  .description("load each program of an object; what it cost the kernel's verifier")
  .argument('<object>', 'what netcapc built; - is standard input')
  .action(
    async (object: string, options: Omit<VerifyArguments, 'object'> & { verbose: boolean }) => {
      endWithReader();
      const commands = await import('./verify.js');
      process.exitCode = await reportingRefusals(options.verbose, () =>
        commands.verify({ ...options, object }),
      );
    },
  );
addOptions(verify, verifyOptions);

program
  .command('doctor')
  .description('say what this machine can do, and why not')
  .action(async () => {
    endWithReader();
    const { doctor } = await import('./doctor.js');
    process.exitCode = doctor();
  });

await runProgram(program, 'name a command: skb, sock, run, list, match, verify or doctor');

/** Options of all commands that capture. */
function addCaptureOptions(command: Command, hook: Option): Command {
  return addOptions(command.addOption(hook).addOption(allOption), captureOptions);
}

/** A command that compiles what it captures with. */
function addOneStep(target: OneStepTarget, description: string): Command {
  const command = program
    .command(target)
    .description(description)
    .argument('[file]', 'filter text; - is standard input (default: every packet)')
    .action(async (file: string | undefined, options: Omit<OneStepArguments, 'file'>) => {
      if (options.dryRun) endWithReader();
      const commands = await import('./one-step.js');
      process.exitCode = await reportingRefusals(options.verbose, () =>
        commands.compileAndCapture({ ...options, file }, target),
      );
    });
  return addCaptureOptions(
    addOptions(command, oneStepOptions),
    hookOption(target === 'skb' ? usualHooks : undefined),
  );
}
