import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Mistake } from '../diagnostics/outcome.js';
import { diagnosticsToJson, printDiagnostics } from '../diagnostics/print.js';
import { exitStatus } from './exit-status.js';
import type { Source } from './source.js';

/** Print diagnostics to standard error; the exit status they call for. */
export function reportDiagnostics(
  source: Source,
  diagnostics: readonly Diagnostic[],
  format: 'text' | 'json',
): number {
  if (format === 'json')
    process.stderr.write(
      `${JSON.stringify(diagnosticsToJson(source.text, diagnostics), null, 2)}\n`,
    );
  else
    process.stderr.write(
      printDiagnostics(source.text, diagnostics, { name: source.name, colour: wantsColour() }),
    );
  return diagnostics.some(({ severity }) => severity === 'error')
    ? exitStatus.badInput
    : exitStatus.ok;
}

/** Print mistakes that have no place in a filter to standard error; the exit status they call for. */
export function reportMistakes(mistakes: readonly Mistake[]): number {
  for (const { message, help } of mistakes) {
    process.stderr.write(`netcapc: ${message}\n`);
    if (help !== undefined) process.stderr.write(`help: ${help}\n`);
  }
  const codes = mistakes.map(({ code }) => code);
  if (codes.includes('usage')) return exitStatus.usage;
  return codes.some((code) => refusals.includes(code)) ? exitStatus.refused : exitStatus.badInput;
}

const refusals: readonly string[] = ['clang-missing', 'clang-failed', 'engine-failed'];

function wantsColour(): boolean {
  return process.stderr.isTTY === true && !process.env.NO_COLOR;
}
