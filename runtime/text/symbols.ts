import { readFileSync } from 'node:fs';

/** Names the function that an address lies in: `udp_rcv+0x1c [module]`, or the address in hexadecimal. */
export type Symbolise = (address: bigint) => string;

/** Parse /proc/kallsyms. Without privilege all its addresses are 0, and addresses stay numbers. */
export function parseSymbols(text: string): Symbolise {
  const functions = [...text.matchAll(/^([0-9a-f]+) [tTwW] (\S+)(?:\t(\[\S+\]))?/gm)]
    .map(([, address = '0', name = '', module]) => ({
      address: BigInt(`0x${address}`),
      name: module === undefined ? name : `${name} ${module}`,
    }))
    .filter(({ address }) => address !== 0n)
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  const addresses = BigUint64Array.from(functions, ({ address }) => address);
  return (address) => {
    const found = functions[lastAtMost(addresses, address)];
    if (found === undefined) return `0x${address.toString(16)}`;
    const [name = '', module] = found.name.split(' ');
    const offset = `+0x${(address - found.address).toString(16)}`;
    return module === undefined ? name + offset : `${name}${offset} ${module}`;
  };
}

/** The running kernel's symbols. */
export function runningSymbols(): Symbolise {
  try {
    return parseSymbols(readFileSync('/proc/kallsyms', 'latin1'));
  } catch {
    return parseSymbols('');
  }
}

/** Index of the last value that is not greater, or -1. */
function lastAtMost(sorted: BigUint64Array, value: bigint): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0n) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
