import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Mistake } from '../diagnostics/outcome.js';
import { diagnosticsToJson, printDiagnostics } from '../diagnostics/print.js';
import { exitStatus, statusOf } from './exit-status.js';
import type { Source } from './source.js';

/** How diagnostics are printed, and what warnings are taken for. */
export interface ReportOptions {
  readonly diagnostics: 'text' | 'json';
  readonly warnings: 'print' | 'error' | 'none';
}

/** Print diagnostics to standard error; the exit status they call for. */
export function reportDiagnostics(
  source: Source,
  diagnostics: readonly Diagnostic[],
  options: ReportOptions,
): number {
  const judged = judgeWarnings(diagnostics, options.warnings);
  if (options.diagnostics === 'json')
    process.stderr.write(`${JSON.stringify(diagnosticsToJson(source.text, judged), null, 2)}\n`);
  else
    process.stderr.write(
      printDiagnostics(source.text, judged, { name: source.name, colour: wantsColour() }),
    );
  return judged.some(({ severity }) => severity === 'error') ? exitStatus.badInput : exitStatus.ok;
}

/** Diagnostics with warnings as they are, as errors, or without them. */
export function judgeWarnings(
  diagnostics: readonly Diagnostic[],
  warnings: ReportOptions['warnings'],
): readonly Diagnostic[] {
  switch (warnings) {
    case 'print':
      return diagnostics;
    case 'error':
      return diagnostics.map((each) => ({ ...each, severity: 'error' }));
    case 'none':
      return diagnostics.filter(({ severity }) => severity === 'error');
  }
}

/** Print mistakes that have no place in a filter to standard error; the exit status they call for. */
export function reportMistakes(mistakes: readonly Mistake[]): number {
  for (const { message, help } of mistakes) {
    process.stderr.write(`netcapc: ${message}\n`);
    if (help !== undefined) process.stderr.write(`help: ${help}\n`);
  }
  return statusOf(mistakes);
}

function wantsColour(): boolean {
  return process.stderr.isTTY === true && !process.env.NO_COLOR;
}
