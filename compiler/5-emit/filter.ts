import { invariant } from '../diagnostics/invariant.js';
import type { Span } from '../diagnostics/span.js';
import type * as Ir from '../ir/nodes.js';
import { isEarly } from '../ir/requirements.js';
import {
  chainFunction,
  chainOutcome,
  emitChain,
  emitExpression,
  emitGuard,
  emitTest,
  fresh,
  freshWord,
  shiftLeft,
  shiftRight,
  stripParentheses,
} from './expression.js';
import { callsFind, type SetNames } from './sets.js';
import { loadTemplate } from './template.js';
import { createWriter, type Writer } from './writer.js';

/** A program, and the names of the functions that are made of it. */
export interface NamedFilter {
  /** The one that decides about every packet. */
  readonly name: string;
  /** The one that leaves short packets to the other; absent: it is not wanted. */
  readonly quickName?: string;
  readonly program: Ir.Program;
}

/**
 * C functions for each program, in kernel style: `static __always_inline bool NAME(const struct netcap_packet *)`.
 * `source` is the filter text; each group of statements carries the part of it that it came from. `sets` names the
 * functions of the sets that the programs ask (sets.ts).
 */
export function emitFilters(
  source: string,
  filters: readonly NamedFilter[],
  sets: SetNames,
): string {
  const writer = createWriter();
  filters.forEach(({ name, quickName, program }, index) => {
    if (index > 0) writer.blank();
    emitFilter(writer, source, name, program.exact ?? program, sets);
    if (quickName === undefined) return;
    writer.blank();
    if (program.exact !== undefined) emitFilter(writer, source, quickName, program, sets);
    else writer.line(`#define ${quickName} ${name}`);
  });
  return writer.text();
}

function emitFilter(
  writer: Writer,
  source: string,
  name: string,
  program: Ir.Program,
  sets: SetNames,
): void {
  invariant(program.guarded, 'place-guards has not run');
  writer.func(`static __always_inline bool ${name}(const struct netcap_packet *packet)`, () => {
    if (typeof program.entry !== 'number') {
      writer.line(jump(program.entry));
      return;
    }
    declareVariables(writer, program);
    const labels = findLabels(program);
    if (program.entry !== 0) writer.line(jump(program.entry));
    let described = '';
    program.blocks.forEach((block, index) => {
      if (labels.has(index)) writer.label(label(index));
      const comment = quote(source, block.span);
      if (comment !== described || labels.has(index)) writer.line(`/* ${comment} */`);
      described = comment;
      emitBlock(writer, block, index + 1, sets);
    });
    if (!program.blocks.some(({ guards }) => guards.some(isEarly))) return;
    writer.label(shortPacket);
    writer.line('return netcap_ask_again(packet);');
  });
}

/** Where packets go that are too short for a quick filter. */
const shortPacket = 'short_packet';

/** Variables start at 0: what a tunnel's headers are found by where there is no tunnel. */
function declareVariables(writer: Writer, program: Ir.Program): void {
  const declarations = new Map(
    program.blocks.flatMap(({ assignments = [] }) =>
      assignments.map(({ variable, value }) => [variable.name, declare(variable, value)]),
    ),
  );
  for (const declaration of declarations.values()) writer.line(declaration);
  const chains = program.blocks.some(({ test }) => test.kind === 'header-chain');
  if (chains) writer.line(`int ${chainOutcome};`);
  if (chains || declarations.size > 0) writer.blank();
}

function declare({ name, of }: Ir.Variable, value: Ir.Expression): string {
  const type = value.kind === 'load' && value.width === 8 ? '__u64' : '__u32';
  return `${type} ${name}${of === undefined ? ' = 0' : ''};`;
}

function emitBlock(writer: Writer, block: Ir.Block, next: number, sets: SetNames): void {
  for (const guard of block.guards) {
    writer.line(`if (${emitGuard(guard)})`);
    writer.line(`\t${isEarly(guard) ? `goto ${shortPacket};` : jump('reject')}`);
  }
  for (const { variable, value } of block.assignments ?? [])
    writer.line(`${variable.name} = ${stripParentheses(emitExpression(value))};`);
  const { test, whenTrue, whenFalse } = block;
  if (test.kind === 'header-chain') {
    writer.line(`${chainOutcome} = ${emitChain(test)};`);
    emitBranch(writer, `${chainOutcome} < 0`, 'reject');
  }
  const isDecided = test.kind === 'constant' || whenTrue === whenFalse;
  if (isDecided) {
    const target = test.kind === 'constant' && test.value === 0 ? whenFalse : whenTrue;
    if (target !== next) writer.line(jump(target));
  } else if (whenTrue === next) {
    emitBranch(writer, emitTest(test, true, sets), whenFalse);
  } else {
    emitBranch(writer, emitTest(test, false, sets), whenTrue);
    if (whenFalse !== next) writer.line(jump(whenFalse));
  }
}

function emitBranch(writer: Writer, condition: string, target: Ir.Target): void {
  writer.line(`if (${condition})`);
  writer.line(`\t${jump(target)}`);
}

function jump(target: Ir.Target): string {
  if (typeof target === 'number') return `goto ${label(target)};`;
  return `return ${target === 'accept' ? 'true' : 'false'};`;
}

function label(index: number): string {
  return `block_${index}`;
}

/** Blocks that some edge reaches other than by falling through from the one before. */
function findLabels(program: Ir.Program): ReadonlySet<number> {
  const labels = new Set<number>();
  if (typeof program.entry === 'number' && program.entry !== 0) labels.add(program.entry);
  program.blocks.forEach(({ test, whenTrue, whenFalse }, index) => {
    const next = index + 1;
    const taken =
      test.kind !== 'constant' ? [whenTrue, whenFalse] : [test.value === 0 ? whenFalse : whenTrue];
    for (const target of taken)
      if (typeof target === 'number' && target !== next) labels.add(target);
  });
  return labels;
}

/** Longest quotation of the filter in a comment, in characters. */
const longestQuote = 120;

/** Filter text that is safe inside a C comment, on one line. */
function quote(source: string, span: Span): string {
  const text = source
    .slice(span.start, span.end)
    .replace(/#[^\n]*/g, ' ')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *');
  if (text === '') return 'everything';
  return text.length > longestQuote ? `${text.slice(0, longestQuote)} ...` : text;
}

/** The code with the functions in front that it calls: shifts, walks over chains of headers, searches in sets. */
export function withFunctions(code: string): string {
  const files = [
    ...(code.includes(chainFunction) ? ['header-chain.h'] : []),
    ...(callsFind(code) ? ['interval-sets.h'] : []),
    ...(code.includes(fresh) || code.includes(freshWord) ? ['fresh.h'] : []),
  ];
  const texts = files.map(loadTemplate);
  return [...texts, withShifts(code)].join('\n');
}

function withShifts(code: string): string {
  const functions = [
    { name: shiftLeft, operator: '<<' },
    { name: shiftRight, operator: '>>' },
  ]
    .filter(({ name }) => code.includes(`${name}(`))
    .map(({ name, operator }) => {
      const writer = createWriter();
      writer.line('/* Shifts by 32 and more give 0, as in classic BPF. */');
      writer.func(`static __always_inline __u32 ${name}(__u32 value, __u32 bits)`, () =>
        writer.line(`return bits > 31 ? 0 : value ${operator} bits;`),
      );
      writer.blank();
      return writer.text();
    });
  return functions.join('') + code;
}
