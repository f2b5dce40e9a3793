import type { NameTables, Service } from './tables.js';

/**
 * What is known of a host's name: its addresses as text, that it has none, that nobody was to ask, or that whoever was
 * asked did not answer.
 */
export type HostAnswer = readonly string[] | 'unknown' | 'not-asked' | 'not-answered';

/** Kinds of names that come from tables. */
export type TableName = keyof NameTables;

/**
 * Names to numbers, for the compiler. Pure and synchronous: whoever needs files or a name server asks them first
 * (`askedNames` tells for what).
 */
export interface Resolver {
  /** Ports over TCP and UDP (getservbyname), for `port http`. */
  readonly service: (name: string) => Service | undefined;
  /** Number above IP (getprotobyname), for `ip proto gre`. */
  readonly protocol: (name: string) => number | undefined;
  /** IPv4 network as 32 bits (getnetbyname), for `net loopback`. */
  readonly network: (name: string) => number | undefined;
  /** Six bytes (ether_hostton), for `ether host name`. */
  readonly ether: (name: string) => readonly number[] | undefined;
  /** Addresses (getaddrinfo), for `host name`. */
  readonly host: (name: string) => HostAnswer;
  /** The text of a file of values, for `host in @file`; undefined if nobody read it. */
  readonly list: (file: string) => string | undefined;
  /** All names in a table, for "did you mean". */
  readonly names: (table: TableName) => Iterable<string>;
}

/** A resolver that knows what is in tables; hosts and files of values it leaves to others, by default to nobody. */
export function tableResolver(
  tables: NameTables,
  host: Resolver['host'] = () => 'not-asked',
  list: Resolver['list'] = () => undefined,
): Resolver {
  return {
    service: (name) => tables.services.get(name),
    protocol: (name) => tables.protocols.get(name),
    network: (name) => tables.networks.get(name.toLowerCase()),
    ether: (name) => tables.ethers.get(name.toLowerCase()),
    host,
    list,
    names: (table) => tables[table].keys(),
  };
}
