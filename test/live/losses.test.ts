import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { inNamespace } from '../../examples/namespaces.js';
import { missingForLoading, missingTools } from '../runtime/requirements.js';
import { readStatistics } from '../support/statistics-blocks.js';
import { describe } from '../support/suite.js';
import { figuresOf, floodOf, inFlood } from './flood.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip');

const missingSteering = existsSync('/sys/class/net/lo/queues/rx-0/rps_cpus')
  ? undefined
  : 'the kernel does not steer packets to CPUs (CONFIG_RPS)';

const sent = 220_000;

/** Every packet that passed the hook is accounted for, by everything that tells of it. */
describe('losses', (test) => {
  test.skipUnless(missing, 'written and lost are what was sent, wherever they are told', () =>
    inFlood(async ({ folder, start, flood }) => {
      const file = join(folder, 'a.pcapng');
      const args = ['-B', '64', '-w', file, '--stats', '1'];
      const netcap = await start(['tp_btf:netif_receive_skb'], ...args);
      await flood({ packets: 100_000, processor: 0 }, { packets: 100_000, processor: 1 });
      // A reader that does not get to run: now packets are lost on any machine.
      netcap.child.kill('SIGSTOP');
      await flood({ packets: 10_000, processor: 0 }, { packets: 10_000, processor: 1 });
      netcap.child.kill('SIGCONT');
      const isSettled = (text: string) =>
        (text.match(new RegExp(`^\\d+ s: .* ${sent} matched, `, 'gm')) ?? []).length > 0;
      for (let tries = 0; !isSettled(netcap.errors()) && tries < 100; tries++) await sleep(100);
      netcap.child.kill('SIGINT');
      const { status, errors } = await netcap.finished;
      assert.is(status, 0, errors);

      const [summary = ''] = /^\d+ packets seen.*\n\d+ lost:.*$/m.exec(errors) ?? [];
      const { matched, written = 0, lost = 0 } = figuresOf(summary);
      assert.is(matched, sent, errors);
      assert.is(written + lost, sent, errors);
      assert.ok(lost > 0, errors);

      const numbers = floodOf(file);
      assert.is(numbers.length, written);
      assert.is(new Set(numbers).size, written, 'no packet is there twice');

      const blocks = readStatistics(file);
      const lines = [...(errors.match(/^\d+ s: .*$/gm) ?? []), summary].map(figuresOf);
      assert.equal(
        blocks.map(({ hook, comments, ...figures }) => figures),
        lines.map(({ missed = 0, truncated, ...figures }) => ({ missed, ...figures })),
        errors,
      );

      for (const processor of [0, 1]) {
        const [, text = ''] = new RegExp(`^ +CPU ${processor}: (.*)$`, 'm').exec(errors) ?? [];
        const said = figuresOf(text);
        assert.is(said.matched, sent / 2, errors);
        const start = `CPU ${processor}: seen ${said.seen}, matched ${said.matched}`;
        const comment = `${start}, ring full ${said.lost}, unreadable 0,`;
        assert.ok(
          blocks.at(-1)?.comments.some((each) => each.startsWith(comment)),
          comment,
        );
      }
    }),
  );

  test.skipUnless(
    missing ?? missingSteering,
    'what the kernel leaves out while a program runs is counted as missed',
    () =>
      inFlood(async ({ folder, pair, start, flood }) => {
        const purge = join(folder, 'purge');
        execFileSync('clang', ['-O2', '-Wall', '-o', purge, 'test/live/purge-queues.c']);
        // What is sent on one CPU is received on the other, by an interrupt.
        const steer = `echo 1 > /sys/class/net/${pair.device}/queues/rx-0/rps_cpus`;
        inNamespace(pair.far, 'sh', '-c', steer);
        const file = join(folder, 'a.pcapng');
        // What passes the first comes to the second in the same interrupt.
        const hooks = ['tp_btf:netif_receive_skb', 'tp_btf:kfree_skb'];
        const netcap = await start(hooks, '-w', file, '--stats', '1');
        const purging = spawn(purge, ['0'], { stdio: 'ignore' });
        try {
          // Whether an interrupt comes while the program runs is chance.
          const isMissed = () => /^\d+ s: .* missed/m.test(netcap.errors());
          for (let tries = 0; !isMissed() && tries < 30; tries++) {
            await flood({ packets: 40_000, processor: 1, rate: 40_000 });
          }
          await sleep(500);
        } finally {
          purging.kill('SIGKILL');
        }
        netcap.child.kill('SIGINT');
        const { errors } = await netcap.finished;
        const figuresAt = (name: string) =>
          figuresOf(new RegExp(`^  ${name}: .*$`, 'm').exec(errors)?.[0] ?? '');
        const { matched: received = 0 } = figuresAt('tp_btf:netif_receive_skb');
        const { matched = 0, missed = 0 } = figuresAt('tp_btf:kfree_skb');
        assert.ok(received > 0 && missed > 0, errors);
        // Something else may be dropped in an interrupt now and then.
        const others = missed - (received - matched);
        assert.ok(others >= 0 && others < 50, errors);
        assert.is(readStatistics(file).at(-1)?.missed, missed);
      }),
  );
});
