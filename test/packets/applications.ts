import { bytes, counting, joinBytes, text, word16, word32, zeros } from './bytes.js';
import { etherTypes } from './link.js';
import { type Ip4, ip4, ip6, type Transport } from './network.js';
import type { Datagram } from './packet.js';
import { tcpOptions } from './samples.js';
import { icmp, icmp6, igmp, opaque, tcp, udp } from './transport.js';

const usual: Ip4 = { source: '192.168.1.2', destination: '10.0.0.1' };
const usual6 = { source: '2001:db8::1', destination: '2001:db8:1::2' };

/** What the filters of cookbooks look for in payloads: requests, handshakes, scans, broken datagrams. */
export function applications(): readonly Datagram[] {
  return [...streams(), ...messages(), ...attacks(), ...controlMessages()];
}

function over4(note: string, transport: Transport, fields: Partial<Ip4> = {}): Datagram {
  return { note, type: etherTypes.ip, bytes: ip4({ ...usual, ...fields }, transport) };
}

function over6(note: string, transport: Transport): Datagram {
  return { note: `${note} over ip6`, type: etherTypes.ip6, bytes: ip6(usual6, transport) };
}

function hello(handshake: number, version: number): Uint8Array {
  return joinBytes(bytes(0x16, 3, version, 0, 60, handshake, 0, 0, 56, 3, 3), counting(50, 1));
}

/** TCP payloads by port; each with and without TCP options, and over IPv6. */
function streams(): readonly Datagram[] {
  const methods = ['GET ', 'POST', 'PUT ', 'HEAD', 'DELETE', 'OPTIONS', 'CONNECT', 'PATCH'];
  const payloads: readonly (readonly [string, number, Uint8Array])[] = [
    ...methods.map((method) => [`http ${method}`, 80, text(`${method} /x HTTP/1.1\r\n`)] as const),
    ['http 200', 80, text('HTTP/1.1 200 OK\r\n\r\n')],
    ['http proxy', 8080, text('GET http://x/ HTTP/1.0\r\n')],
    ...[1, 2, 11, 14].flatMap((handshake) =>
      [1, 3].map(
        (version) => [`tls ${handshake} ${version}`, 443, hello(handshake, version)] as const,
      ),
    ),
    ['tls alert', 443, bytes(0x15, 3, 3, 0, 2, 2, 40)],
    ['tls data', 443, joinBytes(bytes(0x17, 3, 3, 0, 40), counting(40))],
    ['ssh', 22, text('SSH-2.0-OpenSSH_9.9\r\n')],
    ['ssh 1.99', 22, text('SSH-1.99-Cisco\r\n')],
    ['bittorrent', 6881, joinBytes(bytes(19), text('BitTorrent protocol'), zeros(28))],
    ['smtp mail', 25, text('MAIL FROM:<a@b>\r\n')],
    ['smtp helo', 25, text('HELO x\r\n')],
    ['ftp user', 21, text('USER anonymous\r\n')],
    ['pop3 pass', 110, text('PASS secret\r\n')],
    ['mysql', 3306, joinBytes(bytes(0x4a, 0, 0, 0, 10), text('5.7.1'))],
    ['redis', 6379, text('*1\r\n$4\r\nPING\r\n')],
    ['smb', 445, joinBytes(zeros(4), bytes(0xfe), text('SMB'), counting(30))],
    [
      'bgp keepalive',
      179,
      joinBytes(counting(0), ...Array.from({ length: 16 }, () => bytes(255)), word16(19), bytes(4)),
    ],
    ['rdp', 3389, bytes(3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0)],
    ['mqtt', 1883, joinBytes(bytes(0x10, 20), word16(4), text('MQTT'))],
    ['dns over tcp', 53, joinBytes(word16(29), dns(0x0100))],
    ['sip over tcp', 5060, text('INVITE sip:a@b SIP/2.0\r\n')],
  ];
  return payloads.flatMap(([note, port, payload]) => [
    over4(note, tcp(40000, port, { flags: 0x18, payload })),
    over4(`${note} options`, tcp(40000, port, { flags: 0x18, options: tcpOptions, payload })),
    over4(`${note} answered`, tcp(port, 40000, { flags: 0x18, payload })),
    over6(note, tcp(40000, port, { flags: 0x18, payload })),
  ]);
}

/** A DNS message of one question. */
function dns(flags: number, answers = 0): Uint8Array {
  const question = joinBytes(bytes(7), text('example'), bytes(0), word16(1), word16(1));
  return joinBytes(word16(0x1337), word16(flags), word16(1), word16(answers), zeros(4), question);
}

function dhcp(operation: number, type: number): Uint8Array {
  const cookie = word32(0x63825363);
  return joinBytes(
    bytes(operation, 1, 6, 0),
    zeros(232),
    cookie,
    bytes(53, 1, type, 255),
    zeros(60),
  );
}

function messages(): readonly Datagram[] {
  const payloads: readonly (readonly [string, number, number, Uint8Array])[] = [
    ...[0x0100, 0x8180, 0x8183, 0x8182, 0x2800].map(
      (flags) => [`dns ${flags}`, 40000, 53, dns(flags, (flags >>> 15) & 1)] as const,
    ),
    ['dns answer', 53, 40000, dns(0x8180, 1)],
    ['mdns', 5353, 5353, dns(0)],
    ['llmnr', 40000, 5355, dns(0)],
    ...[1, 2, 3, 5].map(
      (type) =>
        [
          `dhcp ${type}`,
          type % 2 === 1 ? 68 : 67,
          type % 2 === 1 ? 67 : 68,
          dhcp(type % 2 === 1 ? 1 : 2, type),
        ] as const,
    ),
    ...[0x1b, 0x23, 0x1c, 0x17].map(
      (first) =>
        [`ntp ${first}`, 123, 123, joinBytes(bytes(first, 2, 6, 0xec), zeros(44))] as const,
    ),
    ['snmp', 40000, 161, joinBytes(bytes(0x30, 26, 2, 1, 1, 4, 6), text('public'), counting(13))],
    [
      'snmp trap',
      40000,
      162,
      joinBytes(bytes(0x30, 26, 2, 1, 0, 4, 6), text('public'), counting(13)),
    ],
    ['tftp', 40000, 69, joinBytes(word16(1), text('boot.img'), zeros(1), text('octet'), zeros(1))],
    ['syslog', 514, 514, text('<13>a message')],
    ['sip invite', 5060, 5060, text('INVITE sip:a@b SIP/2.0\r\n')],
    ['sip ok', 5060, 5060, text('SIP/2.0 200 OK\r\n')],
    ['sip register', 5061, 5060, text('REGISTER sip:b SIP/2.0\r\n')],
    ['rtp', 16384, 16386, joinBytes(bytes(0x80, 0x60), counting(170))],
    ['rtp g711', 20000, 20002, joinBytes(bytes(0x80, 0), counting(170))],
    ['rtcp', 16385, 16387, joinBytes(bytes(0x80, 0xc8), counting(26))],
    ['quic', 40000, 443, joinBytes(bytes(0xc3), word32(1), counting(60))],
    ['isakmp', 500, 500, counting(28)],
    ['nat-t', 4500, 4500, joinBytes(word32(0), counting(28))],
    ['l2tp', 1701, 1701, bytes(0xc8, 2, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['wireguard', 51820, 51820, joinBytes(bytes(1, 0, 0, 0), counting(144))],
    ['stun', 40000, 3478, joinBytes(word16(1), word16(0), word32(0x2112a442), counting(12))],
    ['netbios name', 137, 137, counting(50)],
    ['ssdp', 40000, 1900, text('M-SEARCH * HTTP/1.1\r\n')],
    ['memcached', 40000, 11211, joinBytes(zeros(8), text('stats\r\n'))],
    [
      'radius',
      40000,
      1812,
      bytes(1, 7, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
    ],
    ['slammer', 1434, 1434, joinBytes(bytes(4), zeros(375))],
    ['utp', 6881, 6881, joinBytes(bytes(0x41, 0), counting(18))],
    ['dht', 6881, 6881, text('d1:ad2:id20:')],
    ['gtp', 2152, 2152, joinBytes(bytes(0x30, 0xff, 0, 40), counting(40))],
  ];
  return payloads.flatMap(([note, source, destination, payload]) => [
    over4(note, udp(source, destination, payload)),
    over6(note, udp(source, destination, payload)),
  ]);
}

/** Scans, floods and datagrams that once crashed systems. */
function attacks(): readonly Datagram[] {
  const same = { source: '10.0.0.1', destination: '10.0.0.1' };
  const flags = [0, 1, 3, 0x29, 0x3f, 0xff, 0x0a, 0x42, 0xc2];
  return [
    over4('land', tcp(139, 139, { flags: 2 }), same),
    ...flags.map((value) => over4(`scan ${value}`, tcp(40000, 22, { flags: value, window: 1024 }))),
    over4(
      'maximum segment size',
      tcp(40000, 80, { flags: 2, sequence: 0, options: bytes(2, 4, 5, 0xb4) }),
    ),
    over4('syn from 10.0.0.1', tcp(40000, 80, { flags: 2 }), { source: '10.0.0.1' }),
    over4('syn to 135', tcp(40000, 135, { flags: 2 }), { source: '192.168.0.9' }),
    over4('large answer', tcp(443, 40000, { payload: counting(1440) })),
    over4('short udp', opaque(17, joinBytes(word16(40000), word16(53), word16(7), zeros(2)))),
    over4('magic packet', udp(9, 9, joinBytes(word32(0xffffffff), word16(0xffff), counting(96)))),
    over4('ip6 in ip', opaque(41, ip6(usual6, tcp(40000, 80)))),
    over4('syn with data', tcp(40000, 80, { flags: 2, payload: text('data') })),
    over4('teardrop', opaque(17, counting(4)), { fragment: 3, identification: 242 }),
    over4('ping of death', opaque(1, counting(40)), { fragment: 0x1fff }),
    over4('tiny fragment', opaque(6, counting(8)), { fragment: 0x2000 }),
    over4('overlapping fragment', opaque(6, counting(16)), { fragment: 1 }),
    over4('smurf', icmp(8, 0, counting(20)), { destination: '192.168.1.255' }),
    over4('fraggle', udp(7, 19, counting(8)), { destination: '192.168.1.255' }),
    over4('large ping', icmp(8, 0, counting(1000))),
    over4(
      'welchia',
      icmp(
        8,
        0,
        joinBytes(word32(0x01000200), ...Array.from({ length: 15 }, () => word32(0xaaaaaaaa))),
      ),
      { totalLength: 92 },
    ),
    over4('blaster', tcp(40000, 135, { flags: 2 }), { totalLength: 48 }),
    over4('traceroute', udp(40000, 33434, counting(12)), { timeToLive: 1 }),
    over4('dying ping', icmp(8, 0, counting(32)), { timeToLive: 1 }),
    over4('zero window', tcp(80, 40000, { flags: 0x10, window: 0 })),
    over4('record route', icmp(8, 0, zeros(8)), { options: bytes(7, 7, 4, 0, 0, 0, 0, 0) }),
    over4('source route', tcp(40000, 23), { options: bytes(0x83, 7, 4, 10, 0, 0, 2, 0) }),
    over4('expedited', udp(16384, 16386, counting(20)), { service: 0xb8 }),
    over4('assured', tcp(40000, 80), { service: 0x28 }),
    over4('congestion', tcp(40000, 80), { service: 3 }),
  ];
}

function controlMessages(): readonly Datagram[] {
  const hops = (
    note: string,
    destination: string,
    transport: Transport,
    hopLimit = 255,
  ): Datagram => ({
    note,
    type: etherTypes.ip6,
    bytes: ip6({ source: 'fe80::1', destination, hopLimit }, transport),
  });
  return [
    ...[9, 10, 13].map((code) => over4(`icmp filtered ${code}`, icmp(3, code, counting(32)))),
    hops('router solicitation', 'ff02::2', icmp6(133, 0, zeros(4))),
    hops(
      'router advertisement',
      'ff02::1',
      icmp6(134, 0, joinBytes(bytes(64, 0xc0), counting(30))),
    ),
    hops('neighbour solicitation', 'ff02::1:ff00:1', icmp6(135, 0, counting(28))),
    hops('neighbour advertisement', 'fe80::2', icmp6(136, 0, joinBytes(bytes(0x60), counting(27)))),
    hops('neighbour advertisement from afar', 'fe80::2', icmp6(136, 0, counting(28)), 64),
    hops('dhcpv6', 'ff02::1:2', udp(546, 547, joinBytes(bytes(1), counting(30)))),
    over4('mdns group', udp(5353, 5353, dns(0)), { destination: '224.0.0.251', timeToLive: 255 }),
    over4('ospf hello', opaque(89, joinBytes(bytes(2, 1), counting(42))), {
      destination: '224.0.0.5',
      timeToLive: 1,
    }),
    over4('eigrp', opaque(88, joinBytes(bytes(2, 5), counting(18))), { destination: '224.0.0.10' }),
    over4('hsrp', udp(1985, 1985, counting(20)), { destination: '224.0.0.2', timeToLive: 1 }),
    over4('igmp leave', igmp(0x17, bytes(224, 0, 0, 251)), { destination: '224.0.0.2' }),
    over4('rip', udp(520, 520, bytes(2, 2, 0, 0)), { destination: '224.0.0.9' }),
  ];
}
