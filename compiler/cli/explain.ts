import { check } from '../compile.js';
import { diagnosticsToJson } from '../diagnostics/print.js';
import { explainFormula } from '../explain/explain.js';
import { printExplanation } from '../explain/print.js';
import { linkOf } from './link.js';
import { judgeWarnings, type ReportOptions, reportDiagnostics, reportMistakes } from './report.js';
import { readSource } from './source.js';
import { systemResolver } from './system-names.js';

export interface ExplainArguments extends ReportOptions {
  readonly file?: string | undefined;
  readonly expression?: string | undefined;
  readonly link?: string | undefined;
  readonly resolve: boolean;
  readonly netmask?: number | undefined;
  readonly format: 'text' | 'json';
}

/** `netcapc explain`: what a filter was understood to mean; its warnings go where those of other commands go. */
export async function runExplain(args: ExplainArguments): Promise<number> {
  const link = args.link === undefined ? undefined : linkOf(args.link);
  if (link?.ok === false) return reportMistakes(link.mistakes);
  const source = await readSource(args);
  if (!source.ok) return reportMistakes(source.mistakes);
  const resolver = await systemResolver([source.value.text], args);
  if (!resolver.ok) return reportMistakes(resolver.mistakes);

  const { formula, diagnostics } = check(source.value.text, {
    ...(link && { link: link.value }),
    resolver: resolver.value,
    netmask: args.netmask,
  });
  const status = reportDiagnostics(source.value, diagnostics, args);
  if (formula === undefined) return status;
  const explanation = explainFormula(formula, link?.value ?? 'ethernet');
  process.stdout.write(
    args.format === 'text'
      ? printExplanation(explanation)
      : `${JSON.stringify(
          {
            ...explanation,
            diagnostics: diagnosticsToJson(
              source.value.text,
              judgeWarnings(diagnostics, args.warnings),
            ),
          },
          null,
          2,
        )}\n`,
  );
  return status;
}
