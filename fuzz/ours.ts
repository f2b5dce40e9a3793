import { analyse } from '../compiler/compile.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import { interpret } from '../compiler/ir/interpret.js';
import type * as Ir from '../compiler/ir/nodes.js';
import type { FuzzCase } from './case.js';
import type { FuzzPacket } from './packets/make.js';

/** A text to compile, without its number in a series. */
export type Subject = Omit<FuzzCase, 'number'>;

/** What our compiler makes of a text; `broken` is our bug. */
export type Study =
  | { readonly kind: 'accepted'; readonly programs: readonly EngineProgram[] }
  | { readonly kind: 'rejected'; readonly code: string }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'broken'; readonly problem: string };

/** A program, and which of the ways to get it. */
export interface EngineProgram {
  readonly engine: 'ir' | 'ir, unoptimised';
  readonly program: Ir.Program;
}

const slowSeconds = 5;

/** Compile with and without our optimiser. Never throws. */
export function study({ text, link, netmask }: Subject): Study {
  const programs: EngineProgram[] = [];
  for (const engine of ['ir, unoptimised', 'ir'] as const) {
    const begin = performance.now();
    try {
      const options = { link: link.link, netmask, optimise: engine === 'ir' };
      const { ir, diagnostics } = analyse(text, options);
      const outside = diagnostics.find(({ span }) => !isInside(span, text));
      if (outside !== undefined)
        return broken(`the span of ${outside.code} is outside of the text`);
      const seconds = (performance.now() - begin) / 1000;
      if (seconds > slowSeconds) return broken(`took ${seconds.toFixed(1)} s, ${engine}`);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      const [error] = errors;
      if (errors.some(({ code }) => code === 'not-supported-yet')) return { kind: 'unsupported' };
      if (error !== undefined) return { kind: 'rejected', code: error.code };
      const program = ir?.[0];
      if (program === undefined) return broken('neither a program nor an error');
      programs.push({ engine, program });
    } catch (error) {
      return broken(describe(error));
    }
  }
  return { kind: 'accepted', programs };
}

/** The verdict of the interpreter, or what it threw. */
export function verdict(program: Ir.Program, { bytes, wireLength }: FuzzPacket): boolean | string {
  try {
    return interpret(program, { bytes, length: wireLength });
  } catch (error) {
    return describe(error);
  }
}

function isInside({ start, end }: Diagnostic['span'], text: string): boolean {
  return 0 <= start && start <= end && end <= text.length;
}

function broken(problem: string): Study {
  return { kind: 'broken', problem };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place =
    error.stack
      ?.split('\n')
      .find((line) => line.includes('/compiler/'))
      ?.trim() ?? '';
  return `${error.name}: ${error.message} ${place.replace(/\(?\S*\/(compiler\/)/, '$1').replace(')', '')}`.trim();
}
