import { mistake } from '../../compiler/for-runtime.js';
import { packetTypes } from '../hooks/arguments.js';
import { probedKinds, whyNot } from '../hooks/available-kinds.js';
import { runningKernel } from '../hooks/kernel.js';
import { type Hookable, listHookables } from '../hooks/list.js';
import { exitStatus, reportMistakes } from './report.js';

/** The command line of `netcap list`. */
export interface ListArguments {
  readonly glob: string;
  readonly target: string;
  readonly json: boolean;
}

/** `netcap list`: a line for every function and event that carries a packet. */
export function list({ glob, target, json }: ListArguments): number {
  const kernel = runningKernel();
  const packetType = packetTypes[target] ?? '';
  const refusals = new Map(probedKinds.map((kind) => [kind, whyNot(kind, kernel)]));
  const available = new Set(probedKinds.filter((kind) => refusals.get(kind) === undefined));
  const found = listHookables(kernel, { name: target, packetType }, glob, available);
  if (found.length === 0) {
    return reportMistakes(
      mistake('unknown-function', `no function or event ${glob} has a ${packetType}`, {
        help:
          kernel.btf() === undefined
            ? "the kernel has no BTF, which tells functions' arguments"
            : 'in a GLOB, * is any number of letters and ? is one',
      }).mistakes,
    );
  }
  if (json) {
    process.stdout.write(`${JSON.stringify(found)}\n`);
    return exitStatus.ok;
  }
  for (const [kind, reason] of refusals) {
    if (reason !== undefined) process.stderr.write(`note: no ${kind} here: ${reason}\n`);
  }
  process.stdout.write(formatHookables(found));
  return exitStatus.ok;
}

/** Lines of name, packet's argument, kinds, and the module if it is in one. */
export function formatHookables(found: readonly Hookable[]): string {
  const width = Math.max(...found.map(({ name }) => name.length));
  const lines = found.map(({ name, packet, argument, kinds, module }) => {
    const what = `${packet} is argument ${argument}`;
    const where = module === undefined ? '' : ` [${module}]`;
    return `${name.padEnd(width)}  ${what}  ${kinds.length === 0 ? '-' : kinds.join(' ')}${where}`;
  });
  return `${lines.join('\n')}\n`;
}
