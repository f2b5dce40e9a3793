import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { type AskedNames, askedNames } from '../asked-names.js';
import { collect, type Outcome, success } from '../diagnostics/outcome.js';
import { builtInTables } from '../names/built-in.js';
import { parseEthers, parseNetworks, parseProtocols, parseServices } from '../names/parse-files.js';
import {
  type HostAnswer,
  type Resolver,
  type TableName,
  tableResolver,
} from '../names/resolver.js';
import { joinTables, type NameTables } from '../names/tables.js';
import { fileMistake, readTextFile } from './source.js';

/**
 * A resolver of the names in these filters: what the system's files say, behind them what is built in, and the system's
 * own resolver for hosts if `resolve` asks for that. Nothing is read or asked that no filter needs.
 */
export async function systemResolver(
  filters: readonly string[],
  options: { readonly resolve: boolean },
): Promise<Outcome<Resolver>> {
  const outside = askedNames(filters);
  const texts = await readLists(outside.lists);
  if (!texts.ok) return texts;
  const asked = outside.lists.size === 0 ? outside : askedNames(filters, texts.value);
  const tables = await readTables(asked.tables);
  if (!tables.ok) return tables;
  const hosts = options.resolve ? await lookUpHosts(asked) : undefined;
  const host = (name: string) => hosts?.get(name) ?? 'not-asked';
  return success(
    tableResolver(joinTables(tables.value, builtInTables), host, (file) => texts.value.get(file)),
  );
}

/** Files of values, by the names that filters give them. */
async function readLists(
  files: ReadonlySet<string>,
): Promise<Outcome<ReadonlyMap<string, string>>> {
  const read = await Promise.all(
    [...files].map(async (file) => {
      const text = await readTextFile(file);
      return text.ok ? success([file, text.value] as const) : text;
    }),
  );
  const texts = collect(read);
  return texts.ok ? success(new Map(texts.value)) : texts;
}

async function readTables(asked: ReadonlySet<TableName>): Promise<Outcome<NameTables>> {
  const read = await Promise.all(
    (['services', 'protocols', 'networks', 'ethers'] as const).map((table) =>
      asked.has(table) ? readDatabase(`/etc/${table}`) : success(''),
    ),
  );
  const texts = collect(read);
  if (!texts.ok) return texts;
  const [services = '', protocols = '', networks = '', ethers = ''] = texts.value;
  return success({
    services: parseServices(services),
    protocols: parseProtocols(protocols),
    networks: parseNetworks(networks),
    ethers: parseEthers(ethers),
  });
}

/** The text of one of the system's files, which need not exist. */
async function readDatabase(file: string): Promise<Outcome<string>> {
  try {
    return success(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return success('');
    return fileMistake('read', file, error);
  }
}

async function lookUpHosts({ hosts }: AskedNames): Promise<ReadonlyMap<string, HostAnswer>> {
  const answers = [...hosts].map(async (name) => [name, await lookUpHost(name)] as const);
  return new Map(await Promise.all(answers));
}

/** getaddrinfo, by way of libuv. */
async function lookUpHost(name: string): Promise<HostAnswer> {
  try {
    const addresses = await lookup(name, { all: true });
    return addresses.length === 0 ? 'unknown' : addresses.map(({ address }) => address);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTFOUND' ? 'unknown' : 'not-answered';
  }
}
