import { address6 } from './addresses.js';
import { counting, joinBytes, text, zeros } from './bytes.js';
import { addresses6, ports } from './constants.js';
import {
  authenticationExtension,
  type Extension,
  fragmentExtension,
  type Ip6,
  ip6,
  optionsExtension,
  type Transport,
} from './network.js';
import type { Datagram } from './packet.js';
import { sampleTransports, segments, tcpOptions } from './samples.js';
import { icmp6, opaque, protocols, tcp, udp } from './transport.js';

const usual = { source: '2001:db8::1', destination: '2001:db8:1::2' } as const;

const hopByHop = optionsExtension(0);
const routing = optionsExtension(43, 3);
const destination = optionsExtension(60, 2);

/** Chains of extension headers, each tried in front of every transport. */
const chains: readonly (readonly [string, readonly Extension[]])[] = [
  ['', []],
  [' behind hop-by-hop', [hopByHop]],
  [' behind routing', [routing]],
  [' behind destination options', [destination]],
  [' behind ah', [authenticationExtension()]],
  [' first fragment', [fragmentExtension(0, true)]],
  [' middle fragment', [fragmentExtension(185, true)]],
  [' last fragment', [fragmentExtension(370, false)]],
  [' atomic fragment', [fragmentExtension(0, false)]],
  [' behind hop-by-hop and fragment', [hopByHop, fragmentExtension(0, true)]],
  [' behind two fragment headers', [fragmentExtension(0, true), fragmentExtension(1, false)]],
  [' behind four headers', [hopByHop, destination, routing, authenticationExtension(2)]],
];

/** Every IPv6 datagram of the corpus. */
export function ip6Datagrams(): readonly Datagram[] {
  return [...transports(), ...addresses(), ...portPairs(), ...headerFields(), ...messages()];
}

function datagram(
  note: string,
  fields: Partial<Ip6>,
  transport: Transport,
  extensions: readonly Extension[] = [],
): Datagram {
  const bytes = ip6({ ...usual, ...fields }, transport, extensions);
  return { note: `ip6 ${note}`, type: 0x86dd, bytes };
}

function transports(): readonly Datagram[] {
  const echo = icmp6(128, 0, counting(20));
  const samples = [
    ...sampleTransports,
    ['icmp6', echo],
    ['no next header', opaque(59, zeros(0))],
  ] as const;
  const numbered = [0, 43, 44, 60, 4, 41, 135, 139, 200, 255];
  return [
    ...samples.flatMap(([name, transport]) =>
      chains
        // Behind an authentication header libpcap's protochain goes astray, if that is not the end of the chain.
        .filter(([, extensions]) => name !== 'ah' || extensions.at(-1)?.protocol !== protocols.ah)
        .map(([chain, extensions]) => datagram(name + chain, {}, transport, extensions)),
    ),
    ...numbered.map((protocol) =>
      datagram(`next header ${protocol}`, {}, opaque(protocol, counting(40))),
    ),
    ...[6, 17, 58, 132, 1, 50, 51, 103, 112].map((protocol) =>
      datagram(`fragment header before ${protocol}, nothing else`, {}, opaque(protocol, zeros(0)), [
        fragmentExtension(0, true),
      ]),
    ),
  ];
}

function addresses(): readonly Datagram[] {
  return addresses6.flatMap((address, index) => {
    const other = addresses6[(index * 5 + 2) % addresses6.length] ?? address;
    return [
      datagram(`from ${address}`, { source: address }, udp(40000, 40001, counting(8))),
      datagram(`to ${address}`, { destination: address }, tcp(40000, 40001)),
      datagram(
        `${address} to ${other}`,
        { source: address, destination: other },
        icmp6(135, 0, zeros(20)),
      ),
      datagram(
        `${address} to itself`,
        { source: address, destination: address },
        udp(53, 53, zeros(8)),
      ),
    ];
  });
}

function portPairs(): readonly Datagram[] {
  return ports.flatMap((port) =>
    segments.flatMap(([name, build]) => [
      datagram(`${name} port ${port} to 40001`, {}, build(port, 40001)),
      datagram(`${name} port 40000 to ${port}`, {}, build(40000, port)),
    ]),
  );
}

function headerFields(): readonly Datagram[] {
  const some = tcp(22, 40000, { flags: 0x18, options: tcpOptions, payload: text('SSH-2.0-x') });
  const versions = Array.from({ length: 16 }, (_, version) => version);
  return [
    ...versions.map((version) => datagram(`version ${version}`, { version }, some)),
    ...[0, 1, 62, 63, 64, 255].map((hopLimit) =>
      datagram(`hop limit ${hopLimit}`, { hopLimit }, some),
    ),
    ...[1, 0x12345, 0xfffff].map((flowLabel) => datagram(`flow ${flowLabel}`, { flowLabel }, some)),
    ...[1, 0xb8, 0xff].map((trafficClass) =>
      datagram(`class ${trafficClass}`, { trafficClass }, some),
    ),
    ...[0, 1, 1400, 65535].map((payloadLength) =>
      datagram(`payload length ${payloadLength}`, { payloadLength }, some),
    ),
    ...[2, 4, 0x10, 0x11, 0x14, 0x18, 0x29].map((flags) =>
      datagram(`tcp flags ${flags}`, {}, tcp(40000, 443, { flags })),
    ),
  ];
}

/** ICMPv6 by type, plain and behind a fragment header. */
function messages(): readonly Datagram[] {
  const types = [
    0, 1, 2, 3, 4, 5, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141,
    142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 255,
  ];
  const group = { destination: 'ff02::1:ff00:1' };
  return types.flatMap((type) => [
    datagram(`icmp6 ${type}`, group, icmp6(type, 0, joinBytes(zeros(4), address6('2001:db8::2')))),
    datagram(`icmp6 ${type} code 1`, {}, icmp6(type, 1, counting(20))),
    ...(type >= 128 && type <= 136
      ? [
          datagram(`icmp6 ${type} fragment`, {}, icmp6(type, 0, counting(20)), [
            fragmentExtension(0, true),
          ]),
        ]
      : []),
  ]);
}
