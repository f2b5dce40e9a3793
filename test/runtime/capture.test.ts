import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { capture, packetsOf } from '../../runtime/index.js';
import { describe } from '../support/suite.js';
import { inNamespace, sendDatagrams } from './cli/netcap.js';
import { buildObject } from './objects.js';
import { missingForLoading, missingTools } from './requirements.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip');
const address = '127.77.19.4';
const port = 40124;
const filter = `udp port ${port} and host ${address}`;

describe('capture', (test) => {
  const start = async (
    changes: { hooks?: string; ringBytes?: number; rings?: number; count?: number } = {},
  ) => {
    const object = await buildObject(filter);
    const started = capture({ object, hooks: 'tp_btf:netif_receive_skb', ...changes });
    if (!started.ok) throw new Error(started.mistakes[0]?.message);
    return started.value;
  };

  test.skipUnless(missing, 'batches stay valid after the capture has ended', async () => {
    const running = await start({ count: 10 });
    const texts: string[] = [];
    await inNamespace(async (name) => sendDatagrams(name, address, port, 10));
    const batches = [];
    for await (const batch of running) batches.push(batch);
    for (const batch of batches) {
      for (const { record, bytes } of packetsOf(batch)) {
        texts.push(Buffer.from(bytes.subarray(42)).toString());
        assert.is(record.captured, bytes.length);
        assert.is(record.protocol, 0x0800);
      }
    }
    assert.equal(texts, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    assert.is(running.summary().delivered, 10);
  });

  test.skipUnless(missing, 'every packet that a full ring loses is counted', async () => {
    const running = await start({ ringBytes: 4096 });
    // Nobody reads meanwhile.
    await inNamespace(async (name) => sendDatagrams(name, address, port, 200));
    running.stop();
    let received = 0;
    for await (const batch of running) received += batch.offsets.length;
    const { total } = running.summary();
    assert.is(total.matched, 200n);
    assert.ok(received > 0 && received < 200, String(received));
    assert.is(total.ringFull, 200n - BigInt(received));
  });

  test.skipUnless(
    missing,
    'a packet comes at once where none came before, from any hook',
    async () => {
      // The first hook is for network cards, and sees nothing.
      const hooks = 'tp_btf:napi_gro_receive_entry,tp_btf:netif_receive_skb';
      const running = await start({ hooks, count: 15 });
      const delays: number[] = [];
      await inNamespace(async (name) => {
        const sent = startSending(name, Array(15).fill(60));
        for await (const batch of running) {
          const now = process.hrtime.bigint();
          for (const { record } of packetsOf(batch))
            delays.push(Number(now - record.timestamp) / 1e6);
        }
        await sent;
      });
      assert.is(delays.length, 15);
      const median = delays.toSorted((one, other) => one - other)[7] ?? Number.NaN;
      // A busy machine may take some time. Looking every 200 ms would make it 100.
      assert.ok(median < 40, `${median} ms`);
    },
  );

  test.skipUnless(missing, 'packets that follow each other come in batches', async () => {
    const running = await start({ count: 5000 });
    const times: bigint[] = [];
    let batches = 0;
    await inNamespace(async (name) => {
      const sent = startSending(name, Array(5000).fill(0));
      for await (const batch of running) {
        batches++;
        for (const { record } of packetsOf(batch)) times.push(record.timestamp);
      }
      await sent;
    });
    const milliseconds = Number((times.at(-1) ?? 0n) - (times[0] ?? 0n)) / 1e6;
    assert.ok(batches < milliseconds / 10 + 5, `${batches} in ${milliseconds} ms`);
  });

  test.skipUnless(missing, 'a packet behind many does not wait for as many', async () => {
    const [rounds, many] = [7, 60];
    const running = await start({ count: rounds * (many + 1) });
    const delays: number[] = [];
    await inNamespace(async (name) => {
      // The pause is longer than many are left to gather; then a packet by itself.
      const round = [...Array(many - 1).fill(0), 22, 400];
      const sent = startSending(name, Array(rounds).fill(round).flat());
      for await (const batch of running) {
        const now = process.hrtime.bigint();
        for (const { record } of packetsOf(batch))
          delays.push(Number(now - record.timestamp) / 1e6);
      }
      await sent;
    });
    const single = delays.filter((_, index) => index % (many + 1) === many);
    const median = single.toSorted((one, other) => one - other)[3] ?? Number.NaN;
    assert.ok(median < 90, `${median} ms`);
  });

  const processors = cpus().length < 2 ? 'a machine of two processors' : undefined;
  test.skipUnless(
    missing ?? processors,
    'packets of CPUs with rings of their own come in the order of time, from all hooks',
    async () => {
      const [senders, many] = [2, 600];
      const hooks = 'tp_btf:netif_receive_skb,raw_tp:netif_receive_skb';
      const running = await start({ hooks, rings: 2, count: 2 * senders * many });
      const times: bigint[] = [];
      const seen = new Map<string, number>();
      await inNamespace(async (name) => {
        const sent = Promise.all(
          [0, 1].map((processor) => startSending(name, Array(many).fill(1), processor)),
        );
        for await (const batch of running) {
          for (const { record } of packetsOf(batch)) {
            times.push(record.timestamp);
            const place = `hook ${record.hook}, CPU ${record.processor}`;
            seen.set(place, (seen.get(place) ?? 0) + 1);
          }
        }
        await sent;
      });
      assert.is(times.length, 2 * senders * many);
      const earlier = times.filter((time, index) => time < (times[index - 1] ?? 0n));
      assert.is(earlier.length, 0);
      for (const place of ['hook 0, CPU 0', 'hook 0, CPU 1', 'hook 1, CPU 0', 'hook 1, CPU 1'])
        assert.is(seen.get(place), many, place);
    },
  );

  test.skipUnless(missing, 'leaving the iteration detaches', async () => {
    const running = await start();
    await inNamespace(async (name) => {
      sendDatagrams(name, address, port, 1);
      for await (const _ of running) break;
      const before = running.summary().total.seen;
      sendDatagrams(name, address, port, 10);
      assert.is(running.summary().total.seen, before);
    });
  });

  test.skipUnless(
    missing ?? missingTools('unshare', 'mount'),
    'perf tracepoints and raw tracepoints see the same packets',
    () => {
      // tracefs may not be mounted, and is not to stay so: hence a mount namespace, and so a program of its own.
      const program = fileURLToPath(new URL('./every-way.ts', import.meta.url));
      const shell = 'mount -t tracefs tracefs /sys/kernel/tracing && exec "$@"';
      const command = ['sh', '-c', shell, 'sh', process.execPath, '--import', 'tsx', program];
      const output = execFileSync('unshare', ['-m', ...command], { encoding: 'utf8' });
      assert.equal(JSON.parse(output), [
        { way: 'tp_btf:netif_receive_skb', payloads: ['0', '1', '2'] },
        { way: 'raw_tp:netif_receive_skb', payloads: ['0', '1', '2'] },
        { way: 'tracepoint:net:netif_receive_skb', payloads: ['0', '1', '2'] },
      ]);
    },
  );
});

/**
 * Send datagrams from inside a namespace, with a pause of so many ms behind each; `processor`: only from there. Resolves
 * when all are sent.
 */
async function startSending(
  name: string,
  pauses: readonly number[],
  processor?: number,
): Promise<void> {
  const script = `
    const socket = require('node:dgram').createSocket('udp4');
    const pauses = ${JSON.stringify(pauses)};
    const next = () => {
      const pause = pauses.shift();
      if (pause === undefined) return socket.close();
      socket.send('', ${port}, '${address}', () => pause === 0 ? next() : setTimeout(next, pause));
    };
    next();`;
  const pinned = processor === undefined ? [] : ['taskset', '-c', String(processor)];
  const command = ['netns', 'exec', name, ...pinned, process.execPath, '-e', script];
  const [status] = await once(spawn('ip', command, { stdio: 'ignore' }), 'close');
  if (status !== 0) throw new Error(`sending has failed: ${status}`);
}
