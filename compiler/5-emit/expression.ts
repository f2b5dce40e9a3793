import { hasPart } from '../ir/children.js';
import { oppositeOperator } from '../ir/evaluate.js';
import type * as Ir from '../ir/nodes.js';
import type { SetNames } from './sets.js';

/** An expression as C of type __u32. Loads go through the packet functions of the target's template. */
export function emitExpression(expression: Ir.Expression): string {
  switch (expression.kind) {
    case 'constant':
      return `${emitNumber(expression.value)}U`;
    case 'length':
      return 'netcap_length(packet)';
    case 'metadata':
      return emitMetadata(expression.field);
    case 'variable':
      return emitVariable(expression);
    case 'load':
      return emitLoad(expression);
    case 'slice':
      return emitSlice(expression);
    case 'binary':
      return emitBinary(expression);
  }
}

function emitMetadata(field: Ir.MetadataField): string {
  switch (field) {
    case 'protocol':
      return 'netcap_protocol(packet)';
    case 'packet-type':
      return 'netcap_packet_type(packet)';
    case 'interface':
      return 'netcap_interface_index(packet)';
    default:
      return `netcap_interface_name(packet, ${field.slice('name-'.length)})`;
  }
}

/** A test as a C condition; `negated` gives the opposite one. */
export function emitTest(
  test: Exclude<Ir.Test, Ir.Constant>,
  negated: boolean,
  sets: SetNames,
): string {
  if (test.kind === 'match') return emitMatch(test, negated);
  if (test.kind === 'member') {
    const values = test.values.map((value) => stripParentheses(emitExpression(value)));
    return `${negated ? '!' : ''}${sets.get(test.set)}(${values.join(', ')})`;
  }
  if (test.kind === 'header-chain') return negated ? `!${chainOutcome}` : chainOutcome;
  const operator = negated ? oppositeOperator[test.operator] : test.operator;
  const right =
    test.right.kind === 'constant' ? emitNumber(test.right.value) : emitExpression(test.right);
  return `${emitExpression(test.left)} ${operator} ${right}`;
}

/** The call that walks a chain of headers (header-chain.h): 1, 0, or negative to reject. */
export function emitChain({ family, offset, protocol }: Ir.HeaderChain): string {
  return `${chainFunction}_${family}_chain(packet, ${offset}, ${protocol})`;
}

/** The condition under which a guard rejects. */
export function emitGuard(guard: Ir.Guard): string {
  if (guard.kind === 'divisor') return `${emitExpression(guard.divisor)} == 0`;
  if (guard.index === undefined) return `!netcap_has(packet, ${guard.end})`;
  return `!netcap_has(packet, (__u64)${emitExpression(guard.index)} + ${guard.end})`;
}

/** A fresh copy each time, where the verifier is not to learn about the variable itself. */
function emitVariable({ name, of, hidden }: Ir.Variable): string {
  if (!hidden) return name;
  return of?.kind === 'load' && of.width === 8 ? `${freshWord}(${name})` : `${fresh}(${name})`;
}

/** Bytes of a wider word: shifted down, the rest masked away, and 32 bits wide again. */
function emitSlice(slice: Ir.Slice): string {
  const { word, of } = slice;
  const isFirst = of.offset === word.of.offset;
  const isCut = word.of.width === 8 && of.width === 4;
  if (isFirst || isCut) return shiftSlice(slice);
  return `(${shiftSlice(slice)} & 0x${'ff'.repeat(of.width)})`;
}

/** The same with what stands before the bytes still in front of them. */
function shiftSlice({ word, of }: Ir.Slice): string {
  const behind = word.of.offset + word.of.width - of.offset - of.width;
  const name = emitVariable(word);
  const shifted = behind === 0 ? name : `(${name} >> ${behind * 8})`;
  return word.of.width === 8 ? `(__u32)${shifted}` : shifted;
}

function emitMatch({ value, mask, wanted }: Ir.Match, negated: boolean): string {
  const width = widthOf(value);
  const text = emitExpression(value);
  const isWhole = mask === (1n << BigInt(width * 8)) - 1n;
  const bits = `0x${mask.toString(16)}${width === 8 ? 'ULL' : 'U'}`;
  const left = isWhole ? text : `(${text} & ${bits})`;
  const right = wanted <= 0xffffffffn ? emitNumber(Number(wanted)) : `0x${wanted.toString(16)}ULL`;
  return `${left} ${negated ? '!=' : '=='} ${right}`;
}

/** Bytes of what a match looks at. */
function widthOf(value: Ir.Match['value']): number {
  const load = value.kind === 'load' ? value : value.of;
  return load?.kind === 'load' ? load.width : 4;
}

function emitLoad(load: Ir.Load): string {
  const bits = load.width * 8;
  if (load.index === undefined) return `netcap_u${bits}(packet, ${load.offset})`;
  const place = hasVariable(load.index) ? 'behind' : 'at';
  return `netcap_u${bits}_${place}(packet, ${stripParentheses(emitExpression(load.index))}, ${load.offset})`;
}

/** Whether the place depends on where a tunnel ends: it is then never the usual one, right behind an IPv4 header. */
function hasVariable(index: Ir.Expression): boolean {
  return hasPart(
    index,
    (part) => part.kind === 'variable' && (part.of === undefined || hasVariable(part.of)),
  );
}

/** C leaves shifts by 32 and more undefined, classic BPF does not. */
function emitBinary({ operator, left, right }: Ir.Binary): string {
  const isShift = operator === '<<' || operator === '>>';
  const isPlain = right.kind === 'constant' && right.value < 32;
  if (isShift && !isPlain) {
    const name = operator === '<<' ? shiftLeft : shiftRight;
    return `${name}(${stripParentheses(emitExpression(left))}, ${stripParentheses(emitExpression(right))})`;
  }
  // A mask of bits of the slice's own needs no other.
  const isMask = operator === '&' && left.kind === 'slice' && right.kind === 'constant';
  const isOwn = isMask && right.value < 256 ** left.of.width;
  const leftText = isOwn ? shiftSlice(left) : emitExpression(left);
  return `(${leftText} ${operator} ${isShift && isPlain ? right.value : emitExpression(right)})`;
}

/** Small numbers are decimal, as people write protocols and lengths. */
function emitNumber(value: number): string {
  return value < 256 ? String(value) : `0x${value.toString(16)}`;
}

/** Without the parentheses that only an operand needs. */
export function stripParentheses(text: string): string {
  return text.startsWith('(') && closesAtEnd(text) ? text.slice(1, -1) : text;
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++;
    else if (text[index] === ')') depth--;
    if (depth === 0) return index === text.length - 1;
  }
  return false;
}

/** Names of the functions that give a copy of which a verifier does not know that it is one, of 32 and 64 bits. */
export const fresh = 'netcap_fresh32';
export const freshWord = 'netcap_fresh64';

/** Names of the two functions that shift the way classic BPF does. */
export const shiftLeft = 'netcap_shift_left';
export const shiftRight = 'netcap_shift_right';

/** Variable that holds the outcome of a walk over a chain of headers: negative if it rejects. */
export const chainOutcome = 'found';

/** What the names of the functions for chains of headers start with. */
export const chainFunction = 'netcap_find_in';
