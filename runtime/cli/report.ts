import { exitStatus, statusOf } from '../../compiler/cli/command-line.js';
import type { Mistake, Place } from '../../compiler/for-runtime.js';
import { type BpfError, isBpfError } from '../bpf/error.js';

export { exitStatus };

/** Print mistakes to standard error; the exit status they call for. */
export function reportMistakes(mistakes: readonly Mistake[]): number {
  process.stderr.write(mistakes.map(formatMistake).join(''));
  return statusOf(mistakes);
}

/** A mistake for people; with a caret under the piece of text that is wrong. */
export function formatMistake({ code, message, help, place }: Mistake): string {
  const lines = [`error[${code}]: ${message}`];
  if (place !== undefined) lines.push(...excerpt(place));
  if (help !== undefined) lines.push(`help: ${help}`);
  return `${lines.join('\n')}\n`;
}

/** Run a command; what the system refuses it is printed, and `verbose` shows all that the verifier said. */
export async function reportingRefusals(
  verbose: boolean,
  command: () => Promise<number>,
): Promise<number> {
  try {
    return await command();
  } catch (cause) {
    if (!isBpfError(cause)) throw cause;
    process.stderr.write(formatRefusal(cause, verbose));
    return exitStatus.refused;
  }
}

/** A refusal for people. */
export function formatRefusal({ message, log, help }: BpfError, verbose: boolean): string {
  const lines = [`error: ${message}`];
  const logLines = log.trimEnd().split('\n');
  if (verbose && log !== '') lines.push(...logLines.map((line) => `  ${line}`));
  else if (logLines.length > 1) lines.push(`(${logLines.length} lines of the verifier's log: -v)`);
  if (help !== undefined) lines.push(`help: ${help}`);
  return `${lines.join('\n')}\n`;
}

/** Control characters of what a user typed do not reach the terminal, and take one column each. */
function excerpt({ source, text, start, end }: Place): readonly string[] {
  const shown = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return [
    ` --> <${source}>:1:${start + 1}`,
    '  |',
    `1 | ${shown}`,
    `  | ${' '.repeat(start)}${'^'.repeat(Math.max(1, end - start))}`,
  ];
}
