import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { missingForLoading, missingTools } from '../runtime/requirements.js';
import { describe } from '../support/suite.js';
import { runWireshark } from '../support/wireshark.js';
import { type Frames, figuresOf, floodOf, inFlood } from './flood.js';
import { heldBy, untilGone } from './held.js';

const missing =
  missingForLoading() ?? missingTools('clang', 'ip', 'mount', 'tcpdump', 'capinfos', 'bpftool');

const hook = ['tp_btf:netif_receive_skb'];
const names = ['a.pcap', 'a.pcapng'];

/** Two seconds on both CPUs. */
const flooding: readonly Frames[] = [0, 1].map((processor) => ({
  packets: 40_000,
  processor,
  rate: 20_000,
}));

/** What holds of every file, however a capture ended: frames of one sender are in their order, and none is there twice. */
function assertInOrder(file: string): void {
  const last = new Map<string, number>();
  for (const frame of floodOf(file)) {
    const [number, sender] = [Number.parseInt(frame.slice(0, 8), 16), frame.slice(8)];
    assert.ok(number > (last.get(sender) ?? -1), `${frame} in ${file}`);
    last.set(sender, number);
  }
}

/** In the middle of a flood: what was written can be read, and the kernel is as it was. */
describe('the end of a capture', (test) => {
  test.skipUnless(missing, 'by kill -9: all that was written can be read', () =>
    inFlood(async ({ folder, start, flood }) => {
      for (const name of names) {
        const file = join(folder, name);
        const netcap = await start(hook, '-w', file);
        const held = heldBy(netcap.child.pid);
        const flooded = flood(...flooding);
        await sleep(1000);
        netcap.child.kill('SIGKILL');
        assert.is((await netcap.finished).status, null);
        await untilGone(held);
        await flooded;
        // The last packet may be cut: tcpdump says so, behind all others.
        const readable = join(folder, `${name}-readable`);
        const { stderr } = spawnSync('tcpdump', ['-r', file, '-w', readable], { encoding: 'utf8' });
        const complaints = stderr.split('\n').filter((line) => /error|truncated/.test(line));
        assert.ok(complaints.length <= 1, stderr);
        // A good part of a second of twenty thousand frames from each sender.
        const count = floodOf(readable).length;
        assert.ok(count > 10_000, `${count} packets`);
        assertInOrder(readable);
      }
    }),
  );

  test.skipUnless(
    missing,
    'by a full disk: it refuses to go on, and all that had room is there',
    () =>
      inFlood(async ({ folder, start, flood }) => {
        const disk = join(folder, 'disk');
        mkdirSync(disk);
        for (const name of names) {
          execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
          try {
            const file = join(disk, name);
            const netcap = await start(hook, '-w', file, '--stats', '1');
            const held = heldBy(netcap.child.pid);
            let isFlooding = true;
            const flooded = flood(...flooding).then(() => {
              isFlooding = false;
            });
            const { status, errors } = await netcap.finished;
            assert.is(isFlooding, true, 'it waits for nothing');
            await flooded;
            assert.is(status, 3, errors);
            assert.match(errors, /cannot go on writing .*: the disk is full \(ENOSPC\)/);
            await untilGone(held);
            const [text = ''] =
              /^\d+ packets seen.*\n\d+ lost.*\n\d+ left out.*$/m.exec(errors) ?? [];
            const { matched, written = 0, lost = 0, 'left out': leftOut = 0 } = figuresOf(text);
            assert.is(written + lost + leftOut, matched, errors);
            assert.match(
              runWireshark('capinfos', '-c', '-M', file),
              `Number of packets:   ${written}\n`,
            );
            assert.ok(written > 1000, errors);
            assert.ok(statSync(file).size > 900_000, 'the disk was used');
            assertInOrder(file);
          } finally {
            execFileSync('umount', [disk]);
          }
        }
      }),
  );

  test.skipUnless(missing, 'by a reader that goes: without complaint', () =>
    inFlood(async ({ start, flood }) => {
      for (const args of [['-w', '-'], ['-w', '-', '--file-format', 'pcap'], []]) {
        const netcap = await start(hook, ...args);
        const held = heldBy(netcap.child.pid);
        let isFlooding = true;
        const flooded = flood(...flooding).then(() => {
          isFlooding = false;
        });
        await sleep(500);
        netcap.child.stdout?.destroy();
        const { status, errors } = await netcap.finished;
        assert.is(isFlooding, true, 'it waits for nothing');
        await flooded;
        assert.is(status, 0, errors);
        await untilGone(held);
      }
    }),
  );

  test.skipUnless(missing, 'after its interface and its namespace have gone', () =>
    inFlood(async ({ folder, pair, start, flood }) => {
      const file = join(folder, 'a.pcapng');
      const places = [`tc:${pair.device}:ingress`, `xdp:${pair.device}`, ...hook];
      const netcap = await start(places, '-w', file);
      const held = heldBy(netcap.child.pid);
      assert.is(held.links.length, 3);
      // The senders are told that there is nowhere to send to.
      const flooded = flood(...flooding).catch(() => undefined);
      await sleep(500);
      execFileSync('ip', ['-n', pair.far, 'link', 'del', pair.device]);
      await flooded;
      pair.remove();
      await sleep(500);
      netcap.child.kill('SIGINT');
      const { status, errors } = await netcap.finished;
      assert.is(status, 0, errors);
      await untilGone(held);
      const [text = ''] = /^\d+ packets seen.*\n\d+ lost.*$/m.exec(errors) ?? [];
      const { matched = 0, written, lost = 0 } = figuresOf(text);
      assert.ok(matched > 0, errors);
      assert.is(written, matched - lost, errors);
      assert.match(runWireshark('capinfos', '-c', '-M', file), `Number of packets:   ${written}\n`);
    }),
  );
});
