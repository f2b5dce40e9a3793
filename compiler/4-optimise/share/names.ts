import type * as Ir from '../../ir/nodes.js';

/** Names for variables of one program, each once. */
export interface Names {
  /** `index`, `index_2` … */
  readonly ofIndex: (index: Ir.Expression) => string;
  /** `word_12`, or `index_word_14` for what is behind an index. */
  readonly ofLoad: (load: Ir.Load) => string;
}

/** No name is taken. */
export function createNames(): Names {
  const taken = new Set<string>();
  const take = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  };
  return {
    ofIndex: () => take('index'),
    ofLoad: ({ index, offset }) => {
      if (index === undefined) return take(`word_${offset}`);
      return take(`${index.kind === 'variable' ? index.name : 'far'}_word_${offset}`);
    },
  };
}
