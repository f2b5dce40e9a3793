import { Command, CommanderError, InvalidArgumentError, type Option } from 'commander';
import { exitStatus, statusOf } from './exit-status.js';

export { exitStatus, statusOf };

/** A program of commands; about wrong use it prints a message and help on standard error. */
export function createProgram(name: string, description: string): Command {
  return new Command(name)
    .usage('COMMAND')
    .description(description)
    .helpOption('--help', 'show this help')
    .helpCommand(false)
    .showHelpAfterError()
    .configureOutput({
      writeOut: (help) => {
        endWithReader();
        process.stdout.write(help);
      },
      outputError: (message, write) => write(`${name}: ${message.replace(/^error: /, '')}`),
    })
    .exitOverride();
}

/** Do what the process's arguments say, and set its exit status; `hint` is for those who name no command. */
export async function runProgram(program: Command, hint: string): Promise<void> {
  const args = process.argv.slice(2);
  try {
    if (args.length === 0) program.error(hint);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exitStatus.ok : exitStatus.usage;
      return;
    }
    const trace = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${program.name()}: ${trace}\n`);
    process.exitCode = exitStatus.internal;
  }
}

/** Add options that may be given once: of two values one would be ignored without a word. */
export function addOptions(command: Command, options: readonly Option[]): Command {
  for (const option of options) {
    let isGiven = false;
    command.addOption(option).on(`option:${option.name()}`, () => {
      if (isGiven) command.error(`option '${option.flags}' is given more than once`);
      isGiven = true;
    });
  }
  return command;
}

/** Command lines to learn from, and what each is for. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [line: string, purpose: string])[],
): Command {
  const lines = examples.map(([line, purpose]) => `  ${line}\n      ${purpose}\n`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('')}`.trimEnd());
}

/** The value of an option that takes a number; what range makes sense is for the command to say. */
export function parseNumber(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw new InvalidArgumentError('It is not a number.');
  return number;
}

/** End the process without complaint once nobody reads its standard output any more. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitStatus.ok); // the reader has seen enough
    throw error;
  });
}
