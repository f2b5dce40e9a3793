#!/usr/bin/env node
import {
  addExamples,
  addOptions,
  createProgram,
  endWithReader,
  runProgram,
} from '../../compiler/cli/command-line.js';
import type { ListArguments } from './list.js';
import type { MatchArguments } from './match.js';
import {
  allOption,
  hookOption,
  listOptions,
  matchOptions,
  runOptions,
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
  .addOption(hookOption)
  .addOption(allOption)
  .action(async (object: string, options: Omit<RunArguments, 'object'>) => {
    const commands = await import('./run.js');
    process.exitCode = await reportingRefusals(options.verbose, () =>
      commands.run({ ...options, object }),
    );
  });
addOptions(run, runOptions);
addExamples(run, [
  ['netcap run http.o --hook tp:net:netif_receive_skb', 'packets as tcpdump prints them'],
  ["netcap run http.o --hook 'ip_*,!ip_rcv_core'", 'many functions at once'],
  ['netcap run http.o --hook ip_rcv,kfree_skb_reason -w t.pcap', 'two functions, one file'],
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

await runProgram(program, 'name a command: run, list, match, verify or doctor');
