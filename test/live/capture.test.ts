import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { guestKernels, missingGuest, runInGuest } from '../support/guest.js';
import { describe } from '../support/suite.js';
import { assertSamePackets, readPackets, run } from './compare.js';
import { pings, tcpPort, tcpSegments } from './traffic.js';

const filter = `icmp or tcp port ${tcpPort}`;
const noRoot = process.getuid?.() === 0 ? undefined : 'attaching to the kernel takes root';

/** The hooks of each kernel. All of them see every IP packet that the interface receives, and no other's. */
const here = [
  'tp_btf:netif_receive_skb',
  'tracepoint:net:netif_receive_skb',
  'raw_tp:netif_receive_skb',
];
const inGuests = ['kprobe:ip_rcv', 'fentry:ip_rcv'];

/**
 * An exchange of 1,000 pings and 1,000 and more TCP segments among other traffic: what a capture holds is what
 * tcpdump saw on the same interface and its own filter accepts, byte for byte.
 */
describe('live capture', (test) => {
  test.skipUnless(noRoot, 'in this kernel', () =>
    exchange(here, (_, command) => run(...(command as [string]))),
  );

  for (const kernel of guestKernels('5.10', '6.12', '7.2'))
    test.skipUnless(missingGuest(kernel), `in a guest of ${kernel}`, () =>
      exchange(inGuests, (folder, command) => runInGuest(kernel, folder, command)),
    );
});

function exchange(
  hooks: readonly string[],
  launch: (folder: string, command: readonly string[]) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'netcap-live-'));
  try {
    const object = join(folder, 'filter.o');
    run(process.execPath, 'dist/compiler/cli/netcapc.js', 'compile', '-e', filter, '-o', object);
    const captures = hooks.map((hook, index) => `hook${index}=${object}=${hook}`);
    const command = [
      process.execPath,
      '--import',
      'tsx',
      'test/live/exchange.ts',
      folder,
      'many',
      ...captures,
    ];
    launch(folder, command);

    const expected = join(folder, 'expected.pcap');
    run('tcpdump', '-r', join(folder, 'tcpdump-in.pcap'), '-w', expected, filter);
    const reference = readPackets(expected);
    const protocols = reference.map(({ bytes }) => bytes[23]);
    assert.is(protocols.filter((protocol) => protocol === 1).length, pings);
    assert.ok(protocols.filter((protocol) => protocol === 6).length >= tcpSegments);
    assert.ok(
      readPackets(join(folder, 'tcpdump-in.pcap')).length > reference.length,
      'other traffic',
    );
    for (const [index, hook] of hooks.entries())
      assertSamePackets(hook, readPackets(join(folder, `hook${index}.pcap`)), reference);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
