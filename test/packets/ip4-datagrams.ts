import { address4 } from './addresses.js';
import { bytes, counting, joinBytes, text, word16, word32, zeros } from './bytes.js';
import { addresses4, lengths, ports } from './constants.js';
import {
  doNotFragment,
  type Ip4,
  ip4,
  ip4Fragments,
  moreFragments,
  type Transport,
} from './network.js';
import type { Datagram } from './packet.js';
import { sampleTransports, segments, tcpOptions } from './samples.js';
import { icmp, igmp, opaque, sctp, tcp, udp, vrrp } from './transport.js';

const usual = { source: '192.168.1.2', destination: '10.0.0.1' } as const;

/** Every IPv4 datagram of the corpus. */
export function ip4Datagrams(): readonly Datagram[] {
  return [
    ...transports(),
    ...addresses(),
    ...portPairs(),
    ...headerLengths(),
    ...fragments(),
    ...headerFields(),
    ...tcpHeaders(),
    ...messages(),
    ...sizes(),
  ];
}

function datagram(note: string, fields: Partial<Ip4>, transport: Transport): Datagram {
  return { note: `ip4 ${note}`, type: 0x0800, bytes: ip4({ ...usual, ...fields }, transport) };
}

/** Each transport protocol: plain, with options, as a first, middle and last fragment. */
function transports(): readonly Datagram[] {
  const shapes: readonly (readonly [string, Partial<Ip4>])[] = [
    ['', {}],
    [' with options', { options: bytes(0x94, 4, 0, 0, 1, 1, 1, 0) }],
    [' first fragment', { fragment: moreFragments }],
    [' middle fragment', { fragment: moreFragments | 185 }],
    [' last fragment', { fragment: 370 }],
    [' with the reserved flag', { fragment: 0x8000 }],
  ];
  const named = sampleTransports.flatMap(([name, transport]) =>
    shapes.map(([shape, fields]) => datagram(name + shape, fields, transport)),
  );
  const numbered = [0, 3, 4, 5, 8, 12, 27, 41, 46, 88, 89, 94, 115, 133, 136, 137, 200, 253, 255];
  return [
    ...named,
    ...numbered.map((protocol) =>
      datagram(`protocol ${protocol}`, {}, opaque(protocol, counting(24))),
    ),
  ];
}

function addresses(): readonly Datagram[] {
  return addresses4.flatMap((address, index) => {
    const other = addresses4[(index * 7 + 3) % addresses4.length] ?? address;
    return [
      datagram(`from ${address}`, { source: address }, udp(40000, 40001, counting(8))),
      datagram(`to ${address}`, { destination: address }, tcp(40000, 40001)),
      datagram(
        `${address} to ${other}`,
        { source: address, destination: other },
        udp(53, 5353, zeros(4)),
      ),
      datagram(
        `${address} to itself`,
        { source: address, destination: address },
        icmp(8, 0, zeros(4)),
      ),
    ];
  });
}

function portPairs(): readonly Datagram[] {
  return ports.flatMap((port) =>
    segments.flatMap(([name, build]) => [
      datagram(`${name} port ${port} to 40001`, {}, build(port, 40001)),
      datagram(`${name} port 40000 to ${port}`, {}, build(40000, port)),
      ...(name === 'tcp' || port % 2 === 0
        ? [datagram(`${name} port ${port} to itself`, {}, build(port, port))]
        : []),
    ]),
  );
}

/** All sixteen header lengths, those below 5 words and beyond the packet included. */
function headerLengths(): readonly Datagram[] {
  const nibbles = Array.from({ length: 16 }, (_, headerWords) => headerWords);
  return nibbles.flatMap((headerWords) => {
    const options = counting(Math.max(0, headerWords - 5) * 4, 0x30);
    return [
      datagram(`${headerWords} header words, tcp`, { headerWords, options }, tcp(80, 443)),
      datagram(
        `${headerWords} header words, udp`,
        { headerWords, options },
        udp(53, 123, zeros(12)),
      ),
      datagram(`${headerWords} header words, icmp`, { headerWords, options }, icmp(8, 0, zeros(8))),
      datagram(`${headerWords} header words claimed`, { headerWords }, tcp(0x5000, 80)),
      datagram(
        `${headerWords} header words, version 4 but short`,
        { headerWords },
        udp(80, 53, zeros(0)),
      ),
    ];
  });
}

/** Real fragment trains: only the first fragment holds ports, the others hold bytes that look like some. */
function fragments(): readonly Datagram[] {
  const lookalike = joinBytes(...Array.from({ length: 30 }, () => word32(0x00500050)));
  const trains: readonly (readonly [string, Transport])[] = [
    ['tcp', tcp(80, 40001, { payload: lookalike })],
    ['udp', udp(53, 53, lookalike)],
    ['sctp', sctp(443, 443, lookalike)],
    ['icmp', icmp(8, 0, lookalike)],
  ];
  return trains.flatMap(([name, transport]) =>
    [8, 24, 48].flatMap((size) =>
      ip4Fragments(usual, transport, size).map((fragment, index) => ({
        note: `ip4 ${name} fragment ${index} of ${size} bytes`,
        type: 0x0800,
        bytes: fragment,
      })),
    ),
  );
}

/** The other fields of the IPv4 header, each at its interesting values. */
function headerFields(): readonly Datagram[] {
  const some = tcp(22, 40000, { flags: 0x18, payload: text('SSH-2.0-x') });
  const versions = Array.from({ length: 16 }, (_, version) => version);
  return [
    ...versions.map((version) => datagram(`version ${version}`, { version }, some)),
    ...[0, 1, 2, 4, 5, 6, 63, 64, 65, 127, 128, 254, 255].map((timeToLive) =>
      datagram(`ttl ${timeToLive}`, { timeToLive }, some),
    ),
    ...[0, 1, 2].map((timeToLive) =>
      datagram(`udp ttl ${timeToLive}`, { timeToLive }, udp(33434, 33435, zeros(12))),
    ),
    ...[0x10, 0x08, 0xb8, 0xc0, 3, 0xff].map((service) =>
      datagram(`service ${service}`, { service }, some),
    ),
    ...[0, 1, 0x7fff, 0x8000, 0xffff].map((identification) =>
      datagram(`identification ${identification}`, { identification }, some),
    ),
    ...[doNotFragment, 0x6000, 0xa000, 1, 0x1fff, 0x3fff, 0xffff].map((fragment) =>
      datagram(`flags and offset ${fragment}`, { fragment }, some),
    ),
    ...[0, 19, 20, 40, 41, 1500, 65535].map((totalLength) =>
      datagram(`total length ${totalLength}`, { totalLength }, some),
    ),
  ];
}

function tcpHeaders(): readonly Datagram[] {
  const flags = Array.from({ length: 64 }, (_, value) =>
    value < 32 ? value : (value * 7 + 73) & 0xff,
  );
  const words = Array.from({ length: 16 }, (_, headerWords) => headerWords);
  const payloads: readonly (readonly [string, Uint8Array])[] = [
    ['GET', text('GET / HTTP/1.1\r\nHost: example\r\n\r\n')],
    ['POST', text('POST /form HTTP/1.1\r\n\r\n')],
    ['response', text('HTTP/1.1 200 OK\r\n\r\n')],
    ['client hello', bytes(0x16, 3, 1, 0, 0x2e, 1, 0, 0, 0x2a, 3, 3, 9, 9)],
    ['SSH', text('SSH-2.0-OpenSSH_9.2\r\n')],
    ['one byte', text('G')],
    ['three bytes', text('GET')],
    ['nothing', zeros(0)],
  ];
  return [
    ...flags.map((value) => datagram(`tcp flags ${value}`, {}, tcp(40000, 443, { flags: value }))),
    ...words.map((headerWords) =>
      datagram(
        `tcp ${headerWords} header words`,
        {},
        tcp(80, 40001, { headerWords, payload: text('GET /') }),
      ),
    ),
    ...payloads.flatMap(([name, payload]) => [
      datagram(`tcp ${name}`, {}, tcp(40000, 80, { flags: 0x18, payload })),
      datagram(
        `tcp options ${name}`,
        {},
        tcp(40000, 80, { flags: 0x18, options: tcpOptions, payload }),
      ),
      datagram(
        `ip options tcp options ${name}`,
        { options: counting(12, 1), identification: 7 },
        tcp(443, 40000, { flags: 0x18, options: tcpOptions, payload }),
      ),
    ]),
  ];
}

/** ICMP by type and code, IGMP, VRRP and CARP. */
function messages(): readonly Datagram[] {
  const types = Array.from({ length: 19 }, (_, type) => type);
  const inner = ip4({ source: '10.0.0.1', destination: '192.168.1.1' }, udp(53, 40000, zeros(8)));
  return [
    ...types.flatMap((type) =>
      [0, 1, 4].map((code) =>
        datagram(
          `icmp ${type} ${code}`,
          {},
          icmp(type, code, joinBytes(word16(0x77), word16(code), counting(16))),
        ),
      ),
    ),
    ...[6, 7, 8, 9, 10].map((length) =>
      datagram(`dns of ${length} bytes`, {}, udp(40000, 53, zeros(length))),
    ),
    datagram('icmp port unreachable', {}, icmp(3, 3, joinBytes(zeros(4), inner))),
    datagram(
      'icmp fragmentation needed',
      {},
      icmp(3, 4, joinBytes(word16(0), word16(1400), inner)),
    ),
    ...[0x11, 0x12, 0x16, 0x17, 0x22].map((type) =>
      datagram(`igmp ${type}`, { destination: '224.0.0.251' }, igmp(type, address4('224.0.0.251'))),
    ),
    ...[0x21, 0x31, 0x11].map((first) =>
      datagram(`vrrp ${first}`, { destination: '224.0.0.18', timeToLive: 255 }, vrrp(first, 51)),
    ),
  ];
}

function sizes(): readonly Datagram[] {
  return lengths
    .filter((length) => length >= 14 + 28)
    .map((length) =>
      datagram(`of a ${length} byte frame`, {}, udp(9, 9, counting(length - 14 - 28))),
    );
}
