import { type Compilation, type CompileOptions, compile } from '../compile.js';
import { type Outcome, success } from '../diagnostics/outcome.js';
import { type ReportOptions, reportDiagnostics } from './report.js';
import { readSource } from './source.js';
import { systemResolver } from './system-names.js';

/** A filter on a command line, and what its words mean. */
export interface FilterArguments extends ReportOptions {
  readonly file?: string | undefined;
  readonly expression?: string | undefined;
  readonly resolve: boolean;
  readonly netmask?: number | undefined;
}

/** What a filter was compiled to, and the exit status that its diagnostics call for: nothing is to be made of it unless that is 0. */
export interface CompiledFilter extends Compilation {
  readonly c?: string;
  readonly status: number;
}

/** Read a filter and compile it with the names of this machine. Its diagnostics are printed. */
export async function compileFilter(
  args: FilterArguments,
  options: Omit<CompileOptions, 'resolver' | 'netmask'>,
): Promise<Outcome<CompiledFilter>> {
  const source = await readSource(args);
  if (!source.ok) return source;
  const resolver = await systemResolver([source.value.text], args);
  if (!resolver.ok) return resolver;
  const compilation = compile(source.value.text, {
    ...options,
    resolver: resolver.value,
    netmask: args.netmask,
  });
  const status = reportDiagnostics(source.value, compilation.diagnostics, args);
  return success({ ...compilation, status });
}
