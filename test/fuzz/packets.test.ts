import * as assert from 'uvu/assert';
import { makeCasePackets } from '../../fuzz/case.js';
import { excusePacket } from '../../fuzz/deliberate.js';
import { findLink, links } from '../../fuzz/links.js';
import { readConstants } from '../../fuzz/packets/constants.js';
import { runProgram } from '../../fuzz/program.js';
import { openOracle } from '../oracle/stream.js';
import { describe } from '../support/suite.js';

const series = { seed: 1, link: undefined };

/** Filters that random bytes never match; each must be both hit and missed. */
const demanding = [
  ['EN10MB', 'tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420'],
  ['EN10MB', 'vlan 7 and vlan 9 and ip6 host 2001:db8::77 and udp port 4444'],
  ['EN10MB', 'mpls 5 and mpls 6 and src host 10.1.2.3'],
  ['EN10MB', 'pppoes 0x99 and ip6 and tcp'],
  ['EN10MB', 'geneve 77 and arp host 10.9.9.9'],
  ['EN10MB', 'vxlan 77 and ether src 00:11:22:33:44:55'],
  ['EN10MB', 'ip6 protochain 17'],
  ['EN10MB', 'isis proto 18'],
  ['EN10MB', 'decnet src host 5.77'],
  ['RAW', 'len = 1234 and ip[8] = 77'],
  ['LINUX_SLL', 'outbound and portrange 7000-7003'],
  ['LINUX_SLL2', 'ifindex 3 and icmp6'],
  ['NULL', 'ip6 and dst port 77'],
  ['LOOP', 'net 10.128.0.0/9'],
  ['PPP', 'mpls 3 and ip proto 89'],
] as const;

async function ask(linkName: string, text: string) {
  const link = findLink(linkName) ?? links[0];
  const oracle = openOracle();
  try {
    const question = { expression: text, linkType: link.number };
    const compiled = await oracle.ask({ ...question, packets: [] });
    assert.is(compiled.kind, 'accepted', text);
    const program = compiled.kind === 'accepted' ? compiled.program : [];
    const one = { number: 1, link, netmask: undefined, text };
    const packets = makeCasePackets(series, one, program, 200);
    const answer = await oracle.ask({ ...question, packets });
    return { one, program, packets, bits: answer.kind === 'accepted' ? answer.bits : '' };
  } finally {
    await oracle.close();
  }
}

describe('packets made for a filter', (test) => {
  for (const [link, text] of demanding)
    test(`hit and miss: ${text}`, async () => {
      const { bits } = await ask(link, text);
      assert.ok(bits.includes('1'), 'no packet matches');
      assert.ok(bits.includes('0'), 'every packet matches');
    });

  test('are the same for the same seed', async () => {
    const { one, program, packets } = await ask('EN10MB', 'tcp port 80 or vlan 5');
    assert.equal(makeCasePackets(series, one, program, 200), packets);
  });

  test('are of many lengths, cut and longer on the wire', async () => {
    const { packets } = await ask('EN10MB', 'tcp port 80');
    assert.ok(new Set(packets.map(({ bytes }) => bytes.length)).size > 30);
    assert.ok(packets.some(({ bytes, wireLength }) => wireLength > bytes.length));
    assert.ok(packets.some(({ bytes, wireLength }) => wireLength < bytes.length));
  });
});

describe('constants of a filter', (test) => {
  test('are read in all their forms', () => {
    const { numbers, addresses4, addresses6, macs, encapsulations } = readConstants(
      'vlan 0x10 and portrange 010-20 and host ::ffff:1.2.3.4 and net 10.1 and mpls and ether host 0011.2233.4455',
    );
    assert.equal(numbers, [16, 8, 20]);
    assert.ok(addresses4.some((address) => address.join('.') === '10.1.0.0'));
    assert.equal([...(addresses6[0] ?? [])], [...Array(10).fill(0), 255, 255, 1, 2, 3, 4]);
    assert.equal([...(macs[0] ?? [])], [0, 0x11, 0x22, 0x33, 0x44, 0x55]);
    assert.equal(encapsulations, ['vlan', 'mpls']);
  });
});

describe("libpcap's program", (test) => {
  test('is run as libpcap runs it', async () => {
    for (const text of ['tcp port 80', 'ip[2:2] - len * 3 > tcp[13] % 7 << 2', 'geneve and ip']) {
      const { program, packets, bits } = await ask('EN10MB', text);
      const ours = packets.map((packet) => {
        const last = program[runProgram(program, { ...packet }).at(-1) ?? 0];
        return last !== undefined && (last.code & 7) === 6 && last.operand !== 0 ? '1' : '0';
      });
      assert.is(ours.join(''), bits, text);
    }
  });

  test('tells when protochain has lost its place behind an Authentication header', async () => {
    const header = (next: number) => [0x60, 0, 0, 0, 0, 0, next, ...Array(33).fill(0)];
    const packet = (...bytes: readonly number[]) => ({
      bytes: Uint8Array.from(bytes),
      wireLength: bytes.length,
    });
    const chained = packet(...header(51), 6, 1, ...Array(40).fill(0));
    const plain = packet(...header(60), 6, ...Array(40).fill(0));
    const { program } = await ask('RAW', 'ip6 protochain 6');
    assert.is(excusePacket('', program, chained), 'pairs, AH under protochain');
    assert.is(excusePacket('', program, plain), undefined);
    const sum = await ask('RAW', '(ip6[6] + 2) * 4 = 51 or ah');
    assert.is(excusePacket('', sum.program, chained), undefined);
  });

  test('tells when an offset is what arithmetic has left in its scratch slot', async () => {
    const excuses = async (text: string, bytes: Uint8Array) => {
      const { program } = await ask('EN10MB', text);
      return excusePacket('', program, { bytes, wireLength: bytes.length });
    };
    const arp = Uint8Array.of(...Array(12).fill(0), 8, 6, ...Array(28).fill(0));
    const geneve = Uint8Array.of(...arp.subarray(0, 12), 8, 0, 0x45, ...Array(60).fill(0));
    geneve.set([17], 23);
    geneve.set([0x17, 0xc1], 36);
    const name = 'pairs, an old number for an offset behind no tunnel';
    assert.is(await excuses('0 = 7 or geneve or not ip', arp), name);
    assert.is(await excuses('0 = 7 or geneve or ip[0] = 4', arp), name);
    assert.is(await excuses('geneve or not ip', arp), undefined);
    assert.is(await excuses('ip[0] = 7 or geneve or not ip', arp), undefined);
    assert.is(await excuses('0 = 7 or geneve and ip', geneve), undefined);
    assert.is(await excuses('0 = 7 or 1 = 2 or ip[1] + ip[2] = 4', geneve), undefined);
  });
});
