import { readFileSync } from 'node:fs';

/** A filter that is measured. */
export interface BenchFilter {
  readonly id: string;
  readonly expression: string;
}

/** The filters of filters.tsv, from trivial to monstrous; libpcap accepts them all for Ethernet. */
export function benchFilters(): readonly BenchFilter[] {
  return readFileSync(new URL('filters.tsv', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [id = '', expression = ''] = line.split('\t');
      return { id, expression };
    });
}
