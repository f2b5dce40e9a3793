import { isOneEditAway } from '../ast/keywords.js';
import type { TableName } from '../names/resolver.js';
import type { Context } from './context.js';

/** Names in a table that `name` may be a misspelling of: those that share the most letters at the start, at most three. */
export function nearNames(context: Context, table: TableName, name: string): readonly string[] {
  const lower = name.toLowerCase();
  const known = [...context.resolver.names(table)].filter((each) => each !== name);
  const sameButCase = known.filter((each) => each.toLowerCase() === lower);
  if (sameButCase.length > 0) return sameButCase.slice(0, 3);
  if (name.length < 3) return [];
  const near = known.filter((each) => isOneEditAway(lower, each.toLowerCase()));
  const longest = Math.max(...near.map((each) => sharedStart(each, lower)));
  return near.filter((each) => sharedStart(each, lower) === longest).slice(0, 3);
}

/** Advice for a misspelt name, or undefined. */
export function suggestName(context: Context, table: TableName, name: string): string | undefined {
  const near = nearNames(context, table, name);
  if (near.length === 0) return undefined;
  return `did you mean ${near.map((each) => `'${each}'`).join(' or ')}?`;
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
