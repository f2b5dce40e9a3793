import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { captureFile, linkTypes } from '../packets/capture.js';
import { ethernetPackets } from '../packets/packets.js';
import { guestKernels, missingGuest, runInGuest } from '../support/guest.js';
import { describe } from '../support/suite.js';

/**
 * Filters that read in every way there is: fixed, behind a variable header, misaligned, far into the packet, behind a
 * tunnel's header, along a chain of headers; and that look addresses and ports up in tables.
 */
const filters = [
  'tcp port 80',
  'host 10.0.0.1 or ip6 host 2001:db8::1',
  'ether[3:4] > 5 and not broadcast',
  'tcp[((tcp[12:1] & 0xf0) >> 2):4] > 0x47',
  'ether[len - 4:4] > 7 or ether[200] > 3',
  'ip[2:2] / ip[8] > 10 and 1 << ip[1] != 0',
  'vlan and ip or mpls and ip or tcp',
  'geneve and tcp port 80 or vxlan and ip or ether[0] & 1 != 0',
  'ip6 protochain 17 or ip protochain 6',
  'src net 10.0.0.0/9 or 192.168.0.0/16 or 172.16.0.0/12 or 100.64.0.0/10 or 169.254.0.0/16 or 198.18.0.0/15',
  'port 20 or 22 or 53 or 80 or 110 or 143 or 443 or 8080',
  `host ${Array.from({ length: 100 }, (_, index) => `10.0.${index * 2}.1`).join(' or ')}`,
  'src net 2001:db8::/48 or fe80::/48 or 2001:db8:5::/48 or 2001:db9::/48 or 2001:db9:7::/48 or fec0::/48',
];
const targets = ['skb', 'sock', 'mbuf'] as const;

/** What is asked of a packet's device: no packet made in memory has one, so these are only loaded. */
const deviceFilter = 'ifindex 3 or outbound or ifname eth0';

/**
 * One object for every kernel: all targets load with plain bpftool, and verdicts are the same where the read-only cast
 * is missing (5.10, 6.1), where it is typed only (6.12), and on the newest kernel.
 */
describe('kernels', (test) => {
  const folder = mkdtempSync(join(tmpdir(), 'netcap-kernels-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const expected = prepare(folder);

  test('verdicts are not all alike', () => {
    for (const line of expected.split('\n').slice(0, -1)) assert.match(line, /0.*1|1.*0/);
  });

  for (const kernel of guestKernels('5.10', '6.1', '6.12', '7.2'))
    test.skipUnless(missingGuest(kernel), kernel, () => {
      runInGuest(kernel, folder, ['sh', '-ec', script(folder, kernel)]);
      assert.is(readFileSync(join(folder, `${kernel}.tsv`), 'utf8'), expected);
    });
});

/** Objects and packets into the folder; what all kernels are to say of them. */
function prepare(folder: string): string {
  for (const target of targets)
    netcapc('compile', '-e', 'tcp port 80', '--target', target, '-o', join(folder, `${target}.o`));
  netcapc('compile', '-e', deviceFilter, '-o', join(folder, 'device.o'));
  const capture = join(folder, 'packets.pcap');
  const packets = ethernetPackets().filter((_, index) => index % 20 === 0);
  writeFileSync(capture, captureFile(packets, linkTypes.ethernet));
  const objects = filters.map((filter, index) => {
    const object = join(folder, `${index}.o`);
    netcapc('compile', '-e', filter, '-o', object);
    return `${index}\t${object}\n`;
  });
  writeFileSync(join(folder, 'objects.tsv'), objects.join(''));
  const list = join(folder, 'filters.tsv');
  writeFileSync(list, filters.map((filter, index) => `${index}\t${filter}\n`).join(''));
  return netcapc('match', '--filters', list, '-r', capture, '--bits');
}

function script(folder: string, kernel: string): string {
  const load = [...targets, 'device'].map(
    (name) => `bpftool prog loadall ${folder}/${name}.o /sys/fs/bpf/${name} >&2`,
  );
  const match = `dist/runtime/cli/netcap.js match --objects ${folder}/objects.tsv -r ${folder}/packets.pcap`;
  return [...load, `${process.execPath} ${match} > ${folder}/${kernel}.tsv`].join('\n');
}

function netcapc(...args: readonly string[]): string {
  return execFileSync(process.execPath, ['dist/compiler/cli/netcapc.js', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
