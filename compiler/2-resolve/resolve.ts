import type * as Ast from '../ast/nodes.js';
import { describeNode } from '../ast/print.js';
import type * as Resolved from '../ast/resolved.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { resolveRelation } from './arithmetic.js';
import { reportErrors, reportWarnings } from './checks/index.js';
import { type Context, createContext, type ResolveOptions } from './context.js';
import { findMisplacedList, isBareNumber, isUnqualified, isValue } from './lists.js';
import { resolveLiteral } from './literals.js';
import { resolveOther } from './others.js';
import { resolveAbbreviation } from './protocols.js';
import type { Qualifiers } from './qualifiers.js';

export type { ResolveOptions } from './context.js';

/** A filter with every name, qualifier and number spelt out, unless there are errors; those of the whole filter. */
export function resolveFilter(
  node: Ast.Node | undefined,
  options: ResolveOptions,
): { readonly formula?: Resolved.Formula; readonly diagnostics: readonly Diagnostic[] } {
  if (node === undefined)
    return { formula: { kind: 'everything', span: { start: 0, end: 0 } }, diagnostics: [] };
  const { context, diagnostics } = createContext(options);
  const { formula } = resolveTerm(context, node, undefined);
  if (formula !== undefined) reportErrors(context, formula);
  const isRight = !diagnostics.some(({ severity }) => severity === 'error');
  if (formula !== undefined && isRight) reportWarnings(context, node, formula);
  const sorted = diagnostics.toSorted((a, b) => a.span.start - b.span.start);
  return formula !== undefined && isRight
    ? { formula, diagnostics: sorted }
    : { diagnostics: sorted };
}

/** What a node means, if it has no errors, and the qualifiers it leaves to a bare value on its right. */
interface Outcome {
  readonly formula: Resolved.Formula | undefined;
  readonly qualifiers: Qualifiers | undefined;
}

/**
 * A condition. `inherited` is what stood on its left; only parentheses pass it on, as the action of
 * `rterm: paren expr ')'` does.
 */
function resolveTerm(context: Context, node: Ast.Node, inherited: Qualifiers | undefined): Outcome {
  const undefinedAfter = (formula: Resolved.Formula | undefined): Outcome => {
    return { formula, qualifiers: undefined };
  };
  switch (node.kind) {
    case 'chain':
      return resolveChain(context, node, inherited);
    case 'not': {
      const { formula, qualifiers } = resolveTerm(context, node.operand, inherited);
      return { formula: formula && { kind: 'not', operand: formula, span: node.span }, qualifiers };
    }
    case 'paren': {
      const { formula } = resolveTerm(context, node.operand, inherited);
      return { formula, qualifiers: inherited };
    }
    case 'qualified':
      return resolveQualified(context, node);
    case 'other':
      return undefinedAfter(resolveOther(context, node));
    case 'relation':
      return undefinedAfter(resolveRelation(context, node));
    case 'literal':
      return { formula: resolveLiteral(context, node, undefined), qualifiers: undefined };
    case 'accessor':
    case 'length':
    case 'binary':
    case 'negate':
      return undefinedAfter(reportNumber(context, node));
  }
}

/** `first and a or b`: each operand may be a bare value and takes the qualifiers of what is on its left. */
function resolveChain(
  context: Context,
  node: Ast.Chain,
  inherited: Qualifiers | undefined,
): Outcome {
  // In parentheses after a qualified thing, a bare value at the start makes all of it a list of values.
  if (inherited !== undefined && isValue(node.first)) {
    const culprit = node.rest.find(({ operand }) => !isValue(operand))?.operand ?? node;
    context.report('list-needs-values', culprit.span, { text: describeNode(culprit) });
    return { formula: undefined, qualifiers: inherited };
  }
  const first = resolveTerm(context, node.first, inherited);
  let qualifiers = first.qualifiers;
  const rest: { operator: 'and' | 'or'; operand: Resolved.Formula }[] = [];
  for (const { operator, operand } of node.rest) {
    const outcome = resolveOperand(context, operand, qualifiers);
    qualifiers = outcome.qualifiers;
    if (outcome.formula !== undefined) rest.push({ operator, operand: outcome.formula });
  }
  const isComplete = first.formula !== undefined && rest.length === node.rest.length;
  const formula = isComplete
    ? ({ kind: 'chain', first: first.formula, rest, span: node.span } as const)
    : undefined;
  return { formula, qualifiers };
}

/** What follows `and` or `or`. */
function resolveOperand(
  context: Context,
  node: Ast.Node,
  inherited: Qualifiers | undefined,
): Outcome {
  if (isValue(node))
    return {
      formula: resolveValue(context, node, inherited && { ...inherited, isInherited: true }),
      qualifiers: inherited,
    };
  if (isUnqualified(node)) {
    const list = findMisplacedList(node) ?? node;
    context.report('list-starts-with-parenthesis', list.span, {});
    return { formula: undefined, qualifiers: inherited };
  }
  return resolveTerm(context, node, inherited);
}

function resolveQualified(context: Context, node: Ast.Qualified): Outcome {
  const { protocol, direction, type, operand } = node;
  if (operand === undefined)
    return {
      formula: protocol && resolveAbbreviation(context, protocol),
      qualifiers: undefined,
    };
  const qualifiers = { protocol, direction, type };
  if (!isValue(operand)) {
    const list = findMisplacedList(operand) ?? operand;
    context.report('list-starts-with-parenthesis', list.span, {});
    return { formula: undefined, qualifiers };
  }
  return { formula: resolveValue(context, operand, qualifiers, node), qualifiers };
}

/** A value or a list of values, all under the same qualifiers. A value alone is one with the qualifiers before it. */
function resolveValue(
  context: Context,
  node: Ast.Node,
  qualifiers: Qualifiers | undefined,
  whole: Ast.Node = node,
): Resolved.Formula | undefined {
  switch (node.kind) {
    case 'literal': {
      const formula = resolveLiteral(context, node, qualifiers);
      return formula && { ...formula, span: whole.span };
    }
    case 'not': {
      const operand = resolveValue(context, node.operand, qualifiers);
      return operand && { kind: 'not', operand, span: node.span };
    }
    case 'paren':
      return resolveValue(context, node.operand, qualifiers, whole);
    case 'chain': {
      const first = resolveValue(context, node.first, qualifiers);
      const inherited = qualifiers && { ...qualifiers, isInherited: true };
      const rest = node.rest.map(({ operator, operand }) => {
        const formula = resolveValue(context, operand, inherited);
        return formula && { operator, operand: formula };
      });
      const complete = rest.filter((link) => link !== undefined);
      if (first === undefined || complete.length < rest.length) return undefined;
      return { kind: 'chain', first, rest: complete, span: whole.span };
    }
    default:
      return undefined;
  }
}

/** A number where a condition is needed. */
function reportNumber(context: Context, node: Ast.Node): undefined {
  const isNetwork =
    node.kind === 'binary' &&
    node.operator === '/' &&
    isBareNumber(node.left) &&
    isBareNumber(node.right);
  const text = describeNode(node);
  const help = isNetwork
    ? `write 'net ${text.replace(/ .*/, '')}.0.0.0/${text.replace(/.* /, '')}'`
    : "compare it with something: '= 0', '!= 0' …";
  return context.report('not-a-condition', node.span, { text }, help);
}
