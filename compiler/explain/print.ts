import { linkTypes } from '../link/links.js';
import type { Explanation, Item, Term } from './explain.js';
import type { Read } from './reads.js';

/** An explanation for people: the filter spelt out, then its terms as an indented list with the bytes each reads. */
export function printExplanation({ filter, link, terms }: Explanation): string {
  const description = linkTypes.find((each) => each.link === link)?.description;
  return [
    filter === '' ? '(the empty filter)' : filter,
    '',
    ...printItem(terms, ''),
    '',
    `bytes count from 0, the start of the packet: ${description ?? link}`,
    '',
  ].join('\n');
}

function printItem(item: Item, indent: string): readonly string[] {
  if (item.kind === 'term') return printTerm(item, indent);
  return [`${indent}${item.kind}`, ...item.items.flatMap((each) => printItem(each, `${indent}  `))];
}

function printTerm({ filter, meaning, reads }: Term, indent: string): readonly string[] {
  const bytes = reads.map(printRead).join(', ');
  return [
    `${indent}${filter === '' ? meaning : `${filter}: ${meaning}`}`,
    ...(bytes === '' ? [] : wrap(`reads ${bytes}`, `${indent}    `)),
  ];
}

/** `12-13 (EtherType)`. */
function printRead({ from, first, last, field }: Read): string {
  const range =
    last === undefined ? `${first} and on` : first === last ? `${first}` : `${first}-${last}`;
  return `${from === undefined ? '' : `${from} + `}${range}${field === undefined ? '' : ` (${field})`}`;
}

/** Columns of a line that holds more than one word. */
const width = 100;

function wrap(text: string, indent: string): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => `${indent}${line}`);
}
