import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { missingForLoading, missingTools } from '../runtime/requirements.js';
import { describe } from '../support/suite.js';
import { readPackets } from './compare.js';
import { figuresOf, floodOf, inFlood } from './flood.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip');

/** A frame passes both: its station is another, so it is dropped behind the first. */
const hooks = ['tp_btf:netif_receive_skb', 'tp_btf:kfree_skb'];

/** The lines about all hooks at the end of a capture. */
function summaryOf(errors: string): Readonly<Record<string, number>> {
  const [text = ''] = /^\d+ packets seen.*\n\d+ lost:.*(\n\d+ left out:.*)?$/m.exec(errors) ?? [];
  return figuresOf(text);
}

/** When each packet of a classic file was seen, in nanoseconds. */
function timesOf(file: string): readonly number[] {
  return readPackets(file)
    .map(({ record }) => Buffer.from(record))
    .map((record) => record.readUInt32LE(0) * 1e9 + record.readUInt32LE(4));
}

describe('limits', (test) => {
  test.skipUnless(missing, '--max-rate holds over all hooks and CPUs, but for one burst', () =>
    inFlood(async ({ folder, start, flood }) => {
      const file = join(folder, 'a.pcap');
      const rate = 1000;
      const burst = rate / 10;
      const netcap = await start(hooks, '-w', file, '--max-rate', String(rate));
      // Two seconds, then as fast as it goes.
      await flood(
        { packets: 20_000, processor: 0, rate: 10_000 },
        { packets: 20_000, processor: 1, rate: 10_000 },
      );
      await flood({ packets: 50_000, processor: 0 }, { packets: 50_000, processor: 1 });
      netcap.child.kill('SIGINT');
      const { errors } = await netcap.finished;
      const { matched, written = 0, lost, 'left out': leftOut = 0 } = summaryOf(errors);
      assert.is(matched, 2 * 140_000, errors);
      assert.is(lost, 0, errors);
      assert.is(written + leftOut, matched, errors);
      assert.match(errors, new RegExp(`^${leftOut} left out: ${leftOut} by --max-rate$`, 'm'));

      const times = [...timesOf(file)].sort((a, b) => a - b);
      assert.is(times.length, written);
      // Times are taken a little after the decision, and each CPU may let one through too many.
      const slack = 10;
      let most = 0;
      for (const [last, end] of times.entries()) {
        for (const [first, begin] of times.slice(0, last).entries()) {
          most = Math.max(most, last - first + 1 - ((end - begin) / 1e9) * rate);
        }
      }
      assert.ok(most <= burst + slack, `${most} more than come at the rate`);
      assert.ok(most >= burst - slack, `only ${most} more than come at the rate`);
      const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1e9;
      // Between the floods nothing comes, on a busy machine for a while.
      assert.ok(written > rate * seconds * 0.7, `${written} in ${seconds} s`);
    }),
  );

  test.skipUnless(missing, '--sample draws as many as it says', () =>
    inFlood(async ({ folder, start, flood }) => {
      const file = join(folder, 'a.pcap');
      const netcap = await start(hooks.slice(0, 1), '-w', file, '--sample', '1/10');
      await flood({ packets: 50_000, processor: 0 }, { packets: 50_000, processor: 1 });
      netcap.child.kill('SIGINT');
      const { errors } = await netcap.finished;
      const { matched, written = 0, lost = 0, 'left out': leftOut = 0 } = summaryOf(errors);
      assert.is(matched, 100_000, errors);
      assert.is(written + lost + leftOut, 100_000, errors);
      assert.match(errors, new RegExp(`^${leftOut} left out: ${leftOut} by --sample$`, 'm'));
      // Seven standard deviations of 95.
      assert.ok(Math.abs(written + lost - 10_000) < 660, errors);
      assert.is(readPackets(file).length, written);
    }),
  );

  test.skipUnless(missing, '-c ends in the middle of floods with exactly so many packets', () =>
    inFlood(async ({ folder, start, flood }) => {
      for (const name of ['a.pcap', 'a.pcapng']) {
        const file = join(folder, name);
        const netcap = await start(hooks, '-w', file, '-c', '1000');
        let isFlooding = true;
        const flooded = flood(
          { packets: 60_000, processor: 0, rate: 10_000 },
          { packets: 60_000, processor: 1, rate: 10_000 },
        ).then(() => {
          isFlooding = false;
        });
        const { status, errors } = await netcap.finished;
        assert.is(isFlooding, true, 'it waits for nothing');
        await flooded;
        assert.is(status, 0, errors);
        const { matched, written, lost = 0, 'left out': leftOut = 0 } = summaryOf(errors);
        assert.is(written, 1000, errors);
        assert.is(matched, 1000 + lost + leftOut, errors);
        assert.is(floodOf(file).length, 1000);
      }
    }),
  );

  test.skipUnless(missing, '-c: the programs stop by themselves, whatever the reader does', () =>
    inFlood(async ({ folder, start, flood }) => {
      const file = join(folder, 'a.pcap');
      const netcap = await start(hooks, '-w', file, '-c', '50', '-B', '64');
      netcap.child.kill('SIGSTOP');
      await flood({ packets: 20_000, processor: 0 }, { packets: 20_000, processor: 1 });
      netcap.child.kill('SIGCONT');
      const { status, errors } = await netcap.finished;
      assert.is(status, 0, errors);
      // A ring of 64 KiB would be full long before the end of the flood.
      const { matched, written, lost, 'left out': leftOut } = summaryOf(errors);
      assert.equal([matched, written, lost, leftOut], [80_000, 50, 0, 79_950], errors);
      assert.match(errors, /^79950 left out: 79950 behind --count$/m);
      assert.is(floodOf(file).length, 50);
    }),
  );
});
