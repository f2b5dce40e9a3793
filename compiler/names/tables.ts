/** The ports of a service, over the protocols for which it has one. */
export interface Service {
  readonly tcp?: number;
  readonly udp?: number;
}

/** Names and what they stand for. Names of networks and of Ethernet hosts are in lower case: no case is told apart. */
export interface NameTables {
  readonly services: ReadonlyMap<string, Service>;
  /** Protocol numbers above IP. */
  readonly protocols: ReadonlyMap<string, number>;
  /** IPv4 networks, as 32 bits. */
  readonly networks: ReadonlyMap<string, number>;
  /** MAC addresses of Ethernet hosts, six bytes each. */
  readonly ethers: ReadonlyMap<string, readonly number[]>;
}

/** One line of a table of services: a port of one protocol under several names. */
export interface ServiceEntry {
  readonly port: number;
  /** As written: only those of `tcp` and `udp` count. */
  readonly protocol: string;
  readonly names: readonly string[];
}

/** Services by name. Of two entries for a name and a protocol the first counts, as getservbyname has it. */
export function indexServices(entries: readonly ServiceEntry[]): ReadonlyMap<string, Service> {
  const services = new Map<string, Service>();
  for (const { port, protocol, names } of entries) {
    if (protocol !== 'tcp' && protocol !== 'udp') continue;
    for (const name of names) services.set(name, { [protocol]: port, ...services.get(name) });
  }
  return services;
}

/** Values by name; of two values for a name the first counts. */
export function indexNames<Value>(
  entries: readonly (readonly [value: Value, ...names: readonly string[]])[],
): ReadonlyMap<string, Value> {
  const pairs = entries.flatMap(([value, ...names]) => names.map((name) => [name, value] as const));
  return new Map(pairs.toReversed());
}

/** Both tables' names; what the first says of a name is all that is said. */
export function joinTables(first: NameTables, behind: NameTables): NameTables {
  return {
    services: new Map([...behind.services, ...first.services]),
    protocols: new Map([...behind.protocols, ...first.protocols]),
    networks: new Map([...behind.networks, ...first.networks]),
    ethers: new Map([...behind.ethers, ...first.ethers]),
  };
}
