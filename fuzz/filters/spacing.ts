import { pick, type Random } from '../../test/packets/random.js';
import { chance } from '../seed.js';

/** Signs that end the word before them, and begin none with what is behind them. */
const separating = /^(?:[()[\]=<>&|+*/^%!]|==|!=|<=|>=|<<|>>|&&|\|\|)$/;

/** The same filter with other white space: none where none is needed, or more of it. */
export function respace(random: Random, text: string): string {
  const style = random(4);
  if (style < 2) return text;
  const words = text
    .replaceAll(/([()])/g, ' $1 ')
    .trim()
    .split(/\s+/);
  return words.reduce((left, right) => left + gap(random, style, left, right) + right);
}

function gap(random: Random, style: number, left: string, right: string): string {
  if (style === 2 && chance(random, 80) && canTouch(left, right)) return '';
  if (style === 3 && chance(random, 15)) return pick(random, ['  ', '\t', '\n', ' \r\n ']);
  return ' ';
}

/** Whether the last word of `left` and the next stay two without white space. */
function canTouch(left: string, right: string): boolean {
  const word = /\S+$/.exec(left)?.[0] ?? '';
  const isEscaped = /\\[^\s!()]+$/.test(left);
  if (isEscaped) return right === ')' || right === '(';
  const sign = /[()[\]=<>&|+*/^%!]$/.test(word);
  if (/^[-:\\$]/.test(right)) return false;
  if (sign && /^[=<>&|!]/.test(right)) return false;
  return sign || separating.test(right);
}
