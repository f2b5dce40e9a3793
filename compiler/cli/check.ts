import { analyse } from '../compile.js';
import { reportDiagnostics, reportMistakes } from './report.js';
import { readSource } from './source.js';

/** `netcapc check`: exit status 0 if the filter compiles. */
export async function runCheck(args: {
  readonly file?: string | undefined;
  readonly expression?: string | undefined;
  readonly diagnostics: 'text' | 'json';
}): Promise<number> {
  const source = await readSource(args);
  if (!source.ok) return reportMistakes(source.mistakes);
  const { diagnostics } = analyse(source.value.text);
  return reportDiagnostics(source.value, diagnostics, args.diagnostics);
}
