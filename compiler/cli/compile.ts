import { writeFile } from 'node:fs/promises';
import { passes } from '../4-optimise/index.js';
import type { Compilation } from '../compile.js';
import { invariant } from '../diagnostics/invariant.js';
import { mistake, type Outcome, success } from '../diagnostics/outcome.js';
import { printProgram } from '../ir/print.js';
import type { ObjectBuild } from '../object/clang.js';
import type { TargetName } from '../target/target.js';
import { compileFilter, type FilterArguments } from './compile-filter.js';
import { exitStatus } from './exit-status.js';
import { reportMistakes } from './report.js';
import { fileMistake } from './source.js';

export interface CompileArguments extends FilterArguments {
  readonly output?: string | undefined;
  readonly emit: 'obj' | 'c' | 'ir' | 'ast';
  readonly target: TargetName;
  readonly optimize: boolean;
  readonly dumpAfter?: string | undefined;
}

/** `netcapc compile`; `build` is a clang that waits, for `--emit obj`. */
export async function runCompile(
  args: CompileArguments,
  build: ObjectBuild | undefined,
): Promise<number> {
  let isBuilt = false;
  const finish = async (c: string) => {
    isBuilt = true;
    invariant(build !== undefined, 'clang was not started');
    return build.finish(c);
  };
  try {
    return await compileTo(args, finish);
  } finally {
    if (!isBuilt) await build?.cancel();
  }
}

type Finish = (c: string) => Promise<Outcome<Uint8Array>>;

async function compileTo(args: CompileArguments, finish: Finish): Promise<number> {
  const { dumpAfter } = args;
  const passNames = passes.map(({ name }) => name);
  if (dumpAfter !== undefined && dumpAfter !== 'all' && !passNames.includes(dumpAfter))
    return reportMistakes([
      {
        code: 'usage',
        message: `no pass is called ${dumpAfter}`,
        help: `the passes are ${passNames.join(', ')}; all stands for every one`,
      },
    ]);
  if (args.emit === 'obj' && args.output === undefined)
    return reportMistakes([
      { code: 'usage', message: 'an object needs a file', help: 'use -o FILE, or --emit c' },
    ]);
  const compiled = await compileFilter(args, {
    target: args.target,
    optimise: args.optimize,
    onStep: ({ pass, program }) => {
      if (dumpAfter === 'all' || dumpAfter === pass)
        process.stderr.write(`after ${pass}:\n${printProgram(program)}\n`);
    },
  });
  if (!compiled.ok) return reportMistakes(compiled.mistakes);
  if (compiled.value.status !== exitStatus.ok) return compiled.value.status;

  const output = await render(compiled.value, args.emit, finish);
  if (!output.ok) return reportMistakes(output.mistakes);
  const written = await write(args.output ?? '-', output.value);
  return written.ok ? exitStatus.ok : reportMistakes(written.mistakes);
}

async function render(
  compilation: Compilation & { readonly c?: string },
  emit: CompileArguments['emit'],
  finish: Finish,
): Promise<Outcome<string | Uint8Array>> {
  switch (emit) {
    case 'ast':
      return success(`${JSON.stringify(compilation.ast ?? null, null, 2)}\n`);
    case 'ir':
      return success((compilation.ir ?? []).map(printProgram).join('\n'));
    case 'c':
      return success(compilation.c ?? '');
    case 'obj':
      return finish(compilation.c ?? '');
  }
}

async function write(file: string, content: string | Uint8Array): Promise<Outcome<undefined>> {
  if (file === '-') {
    if (typeof content !== 'string' && process.stdout.isTTY)
      return mistake('usage', 'an object is not for reading', { help: 'use -o FILE, or --emit c' });
    process.stdout.write(content);
    return success(undefined);
  }
  try {
    await writeFile(file, content);
    return success(undefined);
  } catch (error) {
    return fileMistake('write', file, error);
  }
}
