import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { openOracle } from '../oracle/stream.js';
import { captureFile, linkTypes } from '../packets/capture.js';
import { ether, etherTypes } from '../packets/link.js';
import { ip4 } from '../packets/network.js';
import { type Packet, truncated, whole } from '../packets/packet.js';
import { udp } from '../packets/transport.js';
import { runCli } from '../support/cli.js';
import { describe } from '../support/suite.js';

const mac = '2:0:0:0:0:1';
const addresses = [
  ...['10.1.2.3', '10.1.2.0', '10.1.2.255', '10.1.2.127', '10.1.2.128', '10.1.255.255'],
  ...['10.0.0.0', '10.255.255.255', '255.255.255.255', '0.0.0.0', '10.1.0.255', '10.1.255.0'],
];
const frames = addresses.map((destination) => {
  const datagram = ip4({ source: '10.1.2.9', destination }, udp(1, 2, new Uint8Array(4)));
  return whole(`to ${destination}`, ether(mac, mac, etherTypes.ip, datagram));
});
const [first] = frames;
const packets: readonly Packet[] = [
  ...frames,
  whole('arp', ether(mac, mac, etherTypes.arp, new Uint8Array(46))),
  ...[13, 20, 33, 34].flatMap((length) => (first === undefined ? [] : truncated(first, length))),
];

const netmasks = ['255.255.255.0', '255.255.255.128', '255.0.0.0', '0xffff00ff', '0x0'];

describe('ip broadcast', (test) => {
  for (const netmask of netmasks)
    test(`netmask ${netmask}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'netcap-'));
      const oracle = openOracle();
      try {
        const file = join(folder, 'packets.pcap');
        writeFileSync(file, captureFile(packets, linkTypes.ethernet));
        const match = ['match', '--filters', '-', '-r', file, '--bits', '--netmask', netmask];
        const ours = await runCli('netcapc', match, { input: 'a\tip broadcast\n' });
        const number = netmask.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
        const reference = await oracle.ask({
          expression: 'ip broadcast',
          linkType: linkTypes.ethernet,
          netmask: number,
          packets,
        });
        assert.is(reference.kind, 'accepted');
        const bits = reference.kind === 'accepted' ? reference.bits : '';
        assert.is(ours.output.trim().split('\t').at(-1), bits, ours.errors);
      } finally {
        await oracle.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
});
