import { parseFilter } from './1-parse/parse.js';
import { resolveFilter } from './2-resolve/resolve.js';
import { listReader } from './list-reader.js';
import type { Resolver, TableName } from './names/resolver.js';

/** Names that a filter's meaning depends on. */
export interface AskedNames {
  /** The tables in which it has names. */
  readonly tables: ReadonlySet<TableName>;
  /** Names of hosts. */
  readonly hosts: ReadonlySet<string>;
  /** Files of values. */
  readonly lists: ReadonlySet<string>;
}

/**
 * What a resolver will be asked when the filters are compiled, so that files and name servers can be asked before.
 * Mistakes in filters are passed over: compiling reports them. Files of values have names in them too: what those
 * are is only known once `texts` has them.
 */
export function askedNames(
  filters: readonly string[],
  texts: ReadonlyMap<string, string> = new Map(),
): AskedNames {
  const tables = new Set<TableName>();
  const hosts = new Set<string>();
  const lists = new Set<string>();
  // It has an answer to everything, so that no name hides another.
  const resolver: Resolver = {
    service: () => {
      tables.add('services');
      return { tcp: 0, udp: 0 };
    },
    protocol: () => {
      tables.add('protocols');
      return 0;
    },
    network: () => {
      tables.add('networks');
      return 1;
    },
    ether: () => {
      tables.add('ethers');
      return [0, 0, 0, 0, 0, 0];
    },
    host: (name) => {
      hosts.add(name);
      return ['0.0.0.0', '::'];
    },
    list: (file) => {
      lists.add(file);
      return texts.get(file);
    },
    names: () => [],
  };
  for (const filter of filters) {
    const { node, diagnostics } = parseFilter(filter);
    if (!diagnostics.some(({ severity }) => severity === 'error'))
      resolveFilter(node, { link: 'ethernet', resolver, readList: listReader(resolver) }); // where all names mean something
  }
  return { tables, hosts, lists };
}
