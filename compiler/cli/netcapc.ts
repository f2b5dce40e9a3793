#!/usr/bin/env node
import { startObject } from '../object/clang.js';
import {
  addExamples,
  addOptions,
  createProgram,
  endWithReader,
  runProgram,
} from './command-line.js';
import type { CompileArguments } from './compile.js';
import type { ExplainArguments } from './explain.js';
import type { InspectOptions } from './inspect.js';
import type { MatchArguments } from './match.js';
import {
  checkOptions,
  compileOptions,
  explainOptions,
  inspectOptions,
  matchOptions,
} from './options.js';

// Each command is loaded when it is run: the others' modules would be most of the time it takes to start.

const program = createProgram(
  'netcapc',
  'Compile tcpdump filters to readable C and portable eBPF objects.',
);

const compile = program
  .command('compile')
  .description('compile a filter to an object, or to what leads to one')
  .argument('[file]', 'filter text; - is standard input')
  .action(async (file: string | undefined, options: CompileArguments) => {
    // clang loads beside the compiler's own modules.
    const build = options.emit === 'obj' ? startObject() : undefined;
    const { runCompile } = await import('./compile.js');
    process.exitCode = await runCompile({ ...options, file }, build);
  });
addOptions(compile, compileOptions);
addExamples(compile, [
  ["netcapc compile -e 'tcp port 80' -o http.o", 'an object for netcap run'],
  ["netcapc compile -e 'tcp port 80' --emit c", 'the C it is made from'],
]);

const check = program
  .command('check')
  .description('report the mistakes in a filter')
  .argument('[file]', 'filter text; - is standard input')
  .action(
    async (
      file: string | undefined,
      options: Pick<
        CompileArguments,
        'expression' | 'diagnostics' | 'warnings' | 'resolve' | 'netmask'
      >,
    ) => {
      const { runCheck } = await import('./check.js');
      process.exitCode = await runCheck({ ...options, file });
    },
  );
addOptions(check, checkOptions);

const explain = program
  .command('explain')
  .description('tell what a filter means, and which bytes it reads')
  .argument('[file]', 'filter text; - is standard input')
  .action(async (file: string | undefined, options: ExplainArguments) => {
    const { runExplain } = await import('./explain.js');
    process.exitCode = await runExplain({ ...options, file });
  });
addOptions(explain, explainOptions);
addExamples(explain, [
  ["netcapc explain -e 'port 80 or 443 and host 10.0.0.1'", 'what belongs to what'],
]);

const inspect = program
  .command('inspect')
  .description('print what an object says of itself')
  .argument('<object>', 'what netcapc built')
  .action(async (object: string, options: InspectOptions) => {
    const { runInspect } = await import('./inspect.js');
    process.exitCode = await runInspect(object, options);
  });
addOptions(inspect, inspectOptions);

const match = program
  .command('match')
  .description('run filters over a capture file')
  .action(async (options: MatchArguments) => {
    const { runMatch } = await import('./match.js');
    process.exitCode = await runMatch(options);
  });
addOptions(match, matchOptions);
addExamples(match, [
  ["netcapc match -e 'tcp port 80' -r trace.pcap", 'numbers of the packets that match'],
  ['netcapc match --filters list.tsv -r trace.pcap --engine c', 'many filters at once'],
]);

endWithReader();
await runProgram(program, 'name a command: compile, check, explain, inspect or match');
