import * as assert from 'uvu/assert';
import { parseFilter } from '../../../compiler/1-parse/parse.js';
import type * as Ast from '../../../compiler/ast/nodes.js';
import { evaluateBinary } from '../../../compiler/ir/evaluate.js';
import { describe } from '../../support/suite.js';

/** Values of constant expressions, as libpcap computes them. */
// biome-ignore format: a table
const values: readonly (readonly [expression: string, value: number])[] = [
  ['1 + 2 * 3', 7],
  ['8 - 4 - 2', 2],
  ['8 / 4 / 2', 1],
  ['1 | 2 & 6', 3],
  ['1 << 2 + 1', 8],
  ['16 >> 2 >> 1', 2],
  ['3 & 5 << 1', 2],
  ['2 - 3', 0xffffffff],
  ['-1 / 2', 0x7fffffff],
  ['--6 * 2', 12],
  // `%` and `^` have no precedence.
  ['8 % 5 * 2', 8],
  ['7 % 4 + 1', 2],
  ['10 / 4 % 3', 10],
  ['2 * 3 % 4', 6],
  ['100 - 10 % 7 - 1', 96],
  ['7 % 5 % 2', 0],
  ['3 & 2 ^ 6', 0],
  ['-6 % 4', 0xfffffffe],
  ['6 ^ 3 | 8', 13],
  ['(8 % 5) * 2', 6],
];

/** How chains and relations are read: fully parenthesised. */
// biome-ignore format: a table
const shapes: readonly (readonly [filter: string, shape: string])[] = [
  ['tcp or udp and ip', '[tcp or udp and ip]'],
  ['not tcp and udp', '[(not tcp) and udp]'],
  ['not ip[0] = 69', '(not (ip[0] = 69))'],
  ['not not tcp', '(not (not tcp))'],
  ['ip[0] & 0xf != 5', '((ip[0] & 0xf) != 5)'],
  ['ip[0]|1=5 or tcp', '[((ip[0] | 1) = 5) or tcp]'],
  ['!tcp&&!udp||ip', '[(not tcp) and (not udp) or ip]'],
];

function evaluate(node: Ast.Node): number {
  switch (node.kind) {
    case 'literal':
      return Number(node.text);
    case 'paren':
      return evaluate(node.operand);
    case 'negate':
      return -evaluate(node.operand) >>> 0;
    case 'binary':
      return evaluateBinary(node.operator, evaluate(node.left), evaluate(node.right)) ?? Number.NaN;
    default:
      throw new Error(`not constant: ${node.kind}`);
  }
}

function shape(node: Ast.Node): string {
  switch (node.kind) {
    case 'chain':
      return `[${[shape(node.first), ...node.rest.map((link) => `${link.operator} ${shape(link.operand)}`)].join(' ')}]`;
    case 'not':
      return `(not ${shape(node.operand)})`;
    case 'relation':
    case 'binary':
      return `(${shape(node.left)} ${node.operator} ${shape(node.right)})`;
    case 'accessor':
      return `${node.protocol.text}[${shape(node.index)}]`;
    case 'literal':
      return node.text;
    case 'qualified':
      return node.protocol?.text ?? '';
    default:
      return node.kind;
  }
}

describe('precedence', (test) => {
  for (const [expression, value] of values)
    test(`${expression} is ${value}`, () => {
      const { node } = parseFilter(`${expression} = 0`);
      assert.is(node?.kind, 'relation');
      if (node?.kind === 'relation') assert.is(evaluate(node.left), value);
    });
  for (const [filter, expected] of shapes)
    test(filter, () => {
      const { node } = parseFilter(filter);
      assert.is(node && shape(node), expected);
    });
});
