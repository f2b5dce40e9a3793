import type { FilterArguments } from '../../compiler/cli/for-netcap.js';
import { type Mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { cacheKey, openCache } from '../object-cache.js';
import { usualHooks } from './options.js';
import { exitStatus, reportMistakes } from './report.js';
import { type CaptureArguments, planCapture, runCapture } from './run.js';

/** What a filter may be compiled for where it runs. */
export type OneStepTarget = 'skb' | 'sock';

/** The command line of `netcap skb` and `netcap sock`. */
export interface OneStepArguments extends CaptureArguments, FilterArguments {
  /** Print the C, and do nothing else. */
  readonly dryRun: boolean;
}

/** `netcap skb` and `netcap sock`: compile a filter and capture with it. Throws BpfError. */
export async function compileAndCapture(
  args: OneStepArguments,
  target: OneStepTarget,
): Promise<number> {
  // A socket's functions are about too different things for some to be the usual ones. A dry run needs no hook.
  const hook = args.hook ?? (args.dryRun || target === 'skb' ? usualHooks : undefined);
  const plan = planCapture({ ...args, hook });
  if (!plan.ok) return reportMistakes(plan.mistakes);
  const compiler = await import('../../compiler/cli/for-netcap.js');
  // clang tells its version while the filter is compiled.
  const build = args.dryRun ? undefined : compiler.identifyBuild();
  const compiled = await compiler.compileFilter(orEverything(args), { target });
  if (!compiled.ok) return reportMistakes(compiled.mistakes);
  const { c = '', status } = compiled.value;
  if (status !== exitStatus.ok) return status;
  if (build === undefined) {
    process.stdout.write(c);
    return exitStatus.ok;
  }
  const object = await obtainObject(c, await build, compiler.compileObject, args.verbose);
  if (!object.ok) return reportMistakes(object.mistakes.map(adviseHere));
  return await runCapture(plan.value, object.value, 'the filter');
}

/** No filter is the empty one, which accepts every packet, as in tcpdump. */
function orEverything(args: FilterArguments): FilterArguments {
  const isGiven = args.expression !== undefined || args.file !== undefined;
  return isGiven ? args : { ...args, expression: '' };
}

/** The object for some C: one that was built before, if it would become the same. */
async function obtainObject(
  c: string,
  build: Outcome<string>,
  compileObject: (c: string) => Promise<Outcome<Uint8Array>>,
  verbose: boolean,
): Promise<Outcome<Uint8Array>> {
  if (!build.ok) return build;
  const cache = openCache();
  const key = cacheKey([build.value, c]);
  const known = cache.get(key);
  if (verbose) process.stderr.write(`object ${known === undefined ? 'is built' : 'is cached'}\n`);
  if (known !== undefined) return success(known);
  const built = await compileObject(c);
  if (built.ok) cache.put(key, built.value);
  return built;
}

/** Objects need not be built on the machine that captures. */
function adviseHere(mistake: Mistake): Mistake {
  if (mistake.code !== 'clang-missing') return mistake;
  return {
    ...mistake,
    help: 'install it (Debian: apt-get install clang), or build an object elsewhere for netcap run',
  };
}
