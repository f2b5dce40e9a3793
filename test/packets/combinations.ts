import { counting } from './bytes.js';
import { ip4, ip6, type Transport } from './network.js';
import type { Datagram } from './packet.js';
import { pick, type Random } from './random.js';
import { dataChunk } from './samples.js';
import { sctp, tcp, udp } from './transport.js';

const addresses4 = [
  '10.0.0.1',
  '10.0.0.2',
  '192.168.1.1',
  '192.168.1.2',
  '192.168.1.129',
  '192.169.1.1',
  '172.16.5.4',
  '11.0.0.1',
] as const;

const addresses6 = [
  '2001:db8::1',
  '2001:db8::2',
  '2001:db8:1::1',
  '2001:db8:1::2',
  'fe80::1',
] as const;

const ports = [21, 22, 23, 52, 53, 54, 79, 80, 81, 442, 443, 444, 2000, 8080, 40000] as const;

/** Every pair of a few addresses, each several times with random ports, for filters that ask for several at once. */
export function combinations(random: Random): readonly Datagram[] {
  return [
    ...pairs(addresses4).flatMap((ends) =>
      Array.from({ length: 6 }, () => combination(ends, 0x0800, ip4(ends, transport(random)))),
    ),
    ...pairs(addresses6).flatMap((ends) =>
      Array.from({ length: 4 }, () => combination(ends, 0x86dd, ip6(ends, transport(random)))),
    ),
  ];
}

interface Ends {
  readonly source: string;
  readonly destination: string;
}

function pairs(addresses: readonly string[]): readonly Ends[] {
  return addresses.flatMap((source) => addresses.map((destination) => ({ source, destination })));
}

function combination({ source, destination }: Ends, type: number, bytes: Uint8Array): Datagram {
  return { note: `combination of ${source} and ${destination}`, type, bytes };
}

function transport(random: Random): Transport {
  const source = pick(random, ports);
  const destination = pick(random, ports);
  return pick(random, [
    tcp(source, destination),
    tcp(source, destination, { flags: 2 }),
    udp(source, destination, counting(6)),
    sctp(source, destination, dataChunk),
  ]);
}
