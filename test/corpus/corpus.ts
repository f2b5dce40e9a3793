import { readFileSync } from 'node:fs';

/** A filter of the corpus. */
export interface CorpusFilter {
  readonly id: string;
  readonly expression: string;
}

/**
 * The lists of test/corpus. `filters`: accepted for at least one link type; those of the group `never` match no
 * packet, those of the group `constant` need not tell packets apart. `filters-sample`: 200 of them, accepted for
 * Ethernet, with every production of the language, for where a filter costs more. `rejected`: refused for every link
 * type.
 */
export type CorpusList = 'filters' | 'filters-sample' | 'rejected';

/** The filters of a list. */
export function readCorpus(list: CorpusList): readonly CorpusFilter[] {
  return lines(`${list}.tsv`).map((line) => {
    const [id = '', expression = ''] = line.split('\t');
    return { id, expression };
  });
}

/** Filters that libpcap 1.10 does not judge as 1.11 does: a stand-in for the reference is not asked about them. */
export function differingInOlderLibpcap(): ReadonlySet<string> {
  return new Set(lines('differs-in-1.10.txt'));
}

function lines(name: string): readonly string[] {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean);
}
