import { linkTypes } from '../packets/capture.js';
import { ether, etherTypes } from '../packets/link.js';
import { ip4, ip6 } from '../packets/network.js';
import { type Packet, truncated, whole } from '../packets/packet.js';
import { tcp, udp } from '../packets/transport.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, noKernel, ourVerdicts, withReference } from './verdicts.js';

const mac = '2:0:0:0:0:1';
/** As many as libpcap can compile in a moment: it needs minutes for thousands. */
const members = Array.from({ length: 300 }, (_, index) => index * 187);
const host = (number: number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
const host6 = (number: number) => `2001:db8::${number.toString(16)}:1`;

/** Lists that are searched, not compared one by one, in every form that sets have. */
const filters = [
  `host ${members.map(host).join(' or ')}`,
  `not src host ${members.map(host).join(' and not src host ')}`,
  `net ${members.map((number) => `${host(number * 256)}/24`).join(' or ')}`,
  `tcp port ${members.join(' or ')}`,
  `src host ${members.map((number) => (number < 200 ? `1.0.0.${number}` : host(number))).join(' or ')}`,
  `src host ${members.map(host6).join(' or ')}`,
  `dst net ${members.map((number) => `2001:db8:${number.toString(16)}::/48`).join(' or ')}`,
].map((expression, index) => ({ id: String(index), expression }));

/** Around the first, some middle and the last member; and cut within the addresses. */
const packets: readonly Packet[] = [
  0, 1, 186, 187, 188, 20_009, 20_010, 55_913, 55_914, 65_535,
].flatMap((number) => {
  const others = { source: '192.0.2.1', destination: '192.0.2.2' };
  const others6 = { source: 'fe80::1', destination: 'fe80::2' };
  const prefix = `2001:db8:${number.toString(16)}::7`;
  const frames = [
    whole(
      'ip4',
      ether(
        mac,
        mac,
        etherTypes.ip,
        ip4({ ...others, source: host(number) }, udp(1, 2, new Uint8Array(4))),
      ),
    ),
    whole(
      'ip4',
      ether(
        mac,
        mac,
        etherTypes.ip,
        ip4({ ...others, destination: host(number * 256 + 9) }, tcp(40, number, {})),
      ),
    ),
    whole(
      'ip6',
      ether(
        mac,
        mac,
        etherTypes.ip6,
        ip6({ ...others6, source: host6(number) }, tcp(number, 40, {})),
      ),
    ),
    whole(
      'ip6',
      ether(mac, mac, etherTypes.ip6, ip6({ ...others6, destination: prefix }, tcp(41, 40, {}))),
    ),
  ];
  return frames.flatMap((frame) => [
    frame,
    ...[26, 28, 30, 34, 37, 40, 41, 43, 45, 49, 54].map((length) => truncated(frame, length)),
  ]);
});

describe('long lists', (test) => {
  const compare = (...options: readonly string[]) =>
    withReference(packets, linkTypes.ethernet, filters, async (judged) =>
      assertSameVerdicts(judged, await ourVerdicts(judged, options)),
    );
  for (const engine of ['ir', 'c'])
    test(`as libpcap, engine ${engine}`, () => compare('--engine', engine));
  test.skipUnless(noKernel, 'as libpcap, in the kernel', () => compare('--engine', 'bpf'));
});
