import { indexNames, indexServices, type NameTables } from './tables.js';

/** Services of text like /etc/services: `http 80/tcp www # comment`. What is no such line is passed over. */
export function parseServices(text: string): NameTables['services'] {
  const entries = readLines(text).flatMap(([name, place = '', ...aliases]) => {
    const [, port = '', protocol = ''] = /^([0-9]+)\/(.+)$/.exec(place) ?? [];
    if (name === undefined || port === '' || Number(port) > 65535) return [];
    return [{ port: Number(port), protocol, names: [name, ...aliases] }];
  });
  return indexServices(entries);
}

/** Protocols of text like /etc/protocols: `tcp 6 TCP`. */
export function parseProtocols(text: string): NameTables['protocols'] {
  return indexNames(
    readLines(text).flatMap(([name, number = '', ...aliases]) =>
      name !== undefined && /^[0-9]+$/.test(number)
        ? [[Number(number), name, ...aliases] as const]
        : [],
    ),
  );
}

/** Networks of text like /etc/networks: `loopback 127.0.0.0`. Parts that are missing are 0. */
export function parseNetworks(text: string): NameTables['networks'] {
  return indexNames(
    readLines(text).flatMap(([name, number = '', ...aliases]) => {
      const address = parseNetworkNumber(number);
      if (name === undefined || address === undefined) return [];
      return [[address, ...[name, ...aliases].map((each) => each.toLowerCase())] as const];
    }),
  );
}

/** Up to four parts, each decimal, octal or hexadecimal as in C (inet_network). */
function parseNetworkNumber(text: string): number | undefined {
  const parts = text.split('.').map((part) => {
    if (/^0[0-7]+$/.test(part)) return Number.parseInt(part, 8);
    return /^(0|[1-9][0-9]*|0x[0-9a-f]+)$/i.test(part) ? Number(part) : Number.NaN;
  });
  if (parts.length > 4 || !parts.every((part) => part <= 255)) return undefined;
  return parts.reduce((sum, part, index) => sum + part * 2 ** (24 - 8 * index), 0);
}

/** Ethernet hosts of text like /etc/ethers: `00:11:22:33:44:55 name`. */
export function parseEthers(text: string): NameTables['ethers'] {
  return indexNames(
    readLines(text).flatMap(([address = '', name]) =>
      name !== undefined && /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(address)
        ? [
            [
              address.split(':').map((byte) => Number.parseInt(byte, 16)),
              name.toLowerCase(),
            ] as const,
          ]
        : [],
    ),
  );
}

/** The words of every line that has any, without comments. */
function readLines(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([first]) => first !== '');
}
