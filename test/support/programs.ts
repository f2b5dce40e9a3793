import * as assert from 'uvu/assert';
import { parseFilter } from '../../compiler/1-parse/parse.js';
import { resolveFilter } from '../../compiler/2-resolve/resolve.js';
import { lowerFormula } from '../../compiler/3-lower/lower.js';
import { optimiseProgram, passes, runPass } from '../../compiler/4-optimise/index.js';
import type * as Ir from '../../compiler/ir/nodes.js';
import { printProgram } from '../../compiler/ir/print.js';

/** The program of a filter before any pass. */
export function lowered(source: string, link: Ir.Link = 'ethernet'): Ir.Program {
  const { formula, diagnostics } = resolveFilter(parseFilter(source).node, { link: 'ethernet' });
  assert.ok(formula, `${source}: ${diagnostics.map(({ message }) => message).join()}`);
  return lowerFormula(formula, link);
}

/** The same of a filter for that link type, unless it is refused for it. */
export function loweredIfAccepted(source: string, link: Ir.Link): Ir.Program | undefined {
  const { formula } = resolveFilter(parseFilter(source).node, {
    link: link === 'network' ? 'ethernet' : link,
  });
  return formula === undefined ? undefined : lowerFormula(formula, link);
}

/** The IR text that a pass leaves, and what it was given: the passes before it in the table have run. */
export function aroundPass(
  name: string,
  source: string,
): { readonly before: string; readonly after: string } {
  let before = lowered(source);
  for (const pass of passes) {
    const after = runPass(pass, before);
    if (pass.name === name) return { before: printProgram(before), after: printProgram(after) };
    before = after;
  }
  throw new Error(`no pass ${name}`);
}

/** The program after all passes. */
export function optimised(source: string, link: Ir.Link = 'ethernet'): Ir.Program {
  return optimiseProgram(lowered(source, link), 'quick');
}

/** Text of several lines without the indentation of the source around it. */
export function dedent(parts: TemplateStringsArray): string {
  const lines = (parts[0] ?? '').split('\n').slice(1, -1);
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => `${line.slice(indent)}\n`).join('');
}
