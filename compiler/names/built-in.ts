import { builtInProtocols } from './protocols.js';
import { type Resolver, tableResolver } from './resolver.js';
import { builtInServices } from './services.js';
import type { NameTables } from './tables.js';

/** The names that are the same everywhere; networks are those of Debian's /etc/networks. */
export const builtInTables: NameTables = {
  services: builtInServices,
  protocols: builtInProtocols,
  networks: new Map([
    ['loopback', 0x7f00_0000],
    ['link-local', 0xa9fe_0000],
  ]),
  ethers: new Map(),
};

/** What the compiler knows by itself: a filter means the same on every machine. */
export const builtInResolver: Resolver = tableResolver(builtInTables);
