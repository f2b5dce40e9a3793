import { check } from '../compile.js';
import { type ReportOptions, reportDiagnostics, reportMistakes } from './report.js';
import { readSource } from './source.js';
import { systemResolver } from './system-names.js';

/** `netcapc check`: exit status 0 if the filter compiles. */
export async function runCheck(
  args: ReportOptions & {
    readonly file?: string | undefined;
    readonly expression?: string | undefined;
    readonly resolve: boolean;
    readonly netmask?: number | undefined;
  },
): Promise<number> {
  const source = await readSource(args);
  if (!source.ok) return reportMistakes(source.mistakes);
  const resolver = await systemResolver([source.value.text], args);
  if (!resolver.ok) return reportMistakes(resolver.mistakes);
  const { diagnostics } = check(source.value.text, {
    resolver: resolver.value,
    netmask: args.netmask,
  });
  return reportDiagnostics(source.value, diagnostics, args);
}
