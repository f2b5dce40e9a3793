import { parseValues } from './1-parse/parse-values.js';
import type { ListFile } from './2-resolve/context.js';
import type { Resolver } from './names/resolver.js';

/** Reads the files of values that `in @file` names: their texts are the resolver's, what the texts mean the grammar's. */
export function listReader({ list }: Resolver): (file: string) => ListFile | undefined {
  return (file) => {
    const text = list(file);
    return text === undefined ? undefined : { text, ...parseValues(text) };
  };
}
