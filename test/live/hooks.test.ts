import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { guestKernels, missingGuest, runInGuest } from '../support/guest.js';
import { describe } from '../support/suite.js';
import { assertSamePackets, readPackets, run } from './compare.js';
import { mixed, mixedFilter } from './mixed-traffic.js';

const noRoot = process.getuid?.() === 0 ? undefined : 'attaching to the kernel takes root';

/** A hook, and which of what tcpdump saw it is to see. */
interface Expectation {
  readonly hook: string;
  readonly direction: 'in' | 'out';
  readonly filter?: string;
}

// Before the rest of a filter: what is behind `vlan` looks for its headers behind a tag.
const untagged = 'not ether proto 0x8100';

/** They see each packet once. */
const receiving: readonly Expectation[] = [
  { hook: 'tp_btf:netif_receive_skb', direction: 'in' },
  { hook: 'raw_tp:netif_receive_skb', direction: 'in' },
  { hook: 'tracepoint:net:netif_receive_skb', direction: 'in' },
];
const tc: readonly Expectation[] = [
  { hook: 'tc:veth0:ingress', direction: 'in' },
  { hook: 'tc:veth0:egress', direction: 'out' },
];
const functions: readonly Expectation[] = [
  { hook: 'fexit:eth_type_trans', direction: 'in' },
  { hook: 'kretprobe:eth_type_trans', direction: 'in' },
  // kprobe.multi, or kprobes where the kernel has none: ip_rcv and ipv6_rcv, which get tagged packets from another device.
  { hook: 'ip*_rcv', direction: 'in', filter: untagged },
];
/**
 * Alone: an XDP program turns GRO on, behind it; what is gathered then is TCP only. And it does not get to see tags that
 * are in the metadata.
 */
const xdp: readonly Expectation[] = [{ hook: 'xdp:veth0', direction: 'in' }];
const xdpExit: readonly Expectation[] = [...xdp, { hook: 'xdp:veth0:exit', direction: 'in' }];
const forXdp = `not tcp and not net ${mixed.vlanNetwork} and ${untagged} and (${mixedFilter})`;

/** Every kind of hook takes from an exchange what tcpdump took, byte for byte. */
describe('kinds of hooks', (test) => {
  test.skipUnless(noRoot, 'events and tc in this kernel', () =>
    exchange([...receiving, ...tc], mixedFilter, here),
  );
  test.skipUnless(noRoot, 'xdp in this kernel', () => exchange(xdp, forXdp, here));

  for (const kernel of guestKernels('5.10', '6.12', '7.2')) {
    const hasTcx = kernel !== '5.10' && kernel !== '6.1';
    const guest: Launch = (folder, command) => runInGuest(kernel, folder, command);
    test.skipUnless(missingGuest(kernel), `functions in a guest of ${kernel}`, () =>
      exchange(hasTcx ? [...functions, ...tc] : functions, mixedFilter, guest),
    );
    if (!guestKernels('6.12').includes(kernel) || !hasTcx) continue;
    test.skipUnless(missingGuest(kernel), `xdp in a guest of ${kernel}`, () =>
      exchange(xdpExit, forXdp, guest),
    );
  }
});

type Launch = (folder: string, command: readonly string[]) => void;

function here(_: string, command: readonly string[]): void {
  run(...(command as [string]));
}

function exchange(expectations: readonly Expectation[], filter: string, launch: Launch): void {
  const folder = mkdtempSync(join(tmpdir(), 'netcap-hooks-'));
  try {
    const object = join(folder, 'filter.o');
    run(process.execPath, 'dist/compiler/cli/netcapc.js', 'compile', '-e', filter, '-o', object);
    const captures = expectations.map(({ hook }, index) => `hook${index}=${object}=${hook}`);
    const program = [process.execPath, '--import', 'tsx', 'test/live/exchange.ts'];
    launch(folder, [...program, folder, 'mixed', ...captures]);
    for (const [index, { hook, direction, filter: narrower }] of expectations.entries()) {
      const expected = join(folder, `expected${index}.pcap`);
      const wanted = narrower === undefined ? filter : `${narrower} and (${filter})`;
      const seen = join(folder, `tcpdump-${direction}.pcap`);
      run('tcpdump', '-r', seen, '-w', expected, wanted);
      const reference = readPackets(expected);
      assert.ok(reference.length >= 4 * mixed.pings, `${reference.length} packets`);
      assertSamePackets(hook, readPackets(join(folder, `hook${index}.pcap`)), reference);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
