import * as assert from 'uvu/assert';
import { attachProgram, attachTypes } from '../../../runtime/bpf/attach.js';
import { idleKnobs } from '../../../runtime/bpf/knobs.js';
import { loadObject } from '../../../runtime/bpf/object.js';
import { openRing, type Ring } from '../../../runtime/bpf/ring.js';
import { noArguments, noFields } from '../../../runtime/hooks/ways.js';
import { describe } from '../../support/suite.js';
import { inNamespace, sendDatagrams } from '../cli/netcap.js';
import { buildObject } from '../objects.js';
import { missingForLoading, missingTools } from '../requirements.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip');
const address = '127.77.21.4';
const port = 40126;
const ringBytes = 1 << 16;
/** Longer than anything takes that is not waited for in vain. */
const longMilliseconds = 60_000;

/** A ring that an attached program writes the packets of the test to. */
async function withRing(
  body: (ring: Ring, send: (count: number) => void) => Promise<void>,
): Promise<void> {
  const object = await buildObject(`udp port ${port} and host ${address}`);
  const target = 'netif_receive_skb';
  const loaded = loadObject(object, {
    program: 'netcap_tracing',
    knobs: { ...idleKnobs(false), snaplen: 262144 },
    maps: [{ name: 'netcap_ring', maxEntries: ringBytes }],
    expectation: { attachType: attachTypes.tp_btf, target },
  });
  const maps = {
    ringFds: [loaded.mapFd('netcap_ring')],
    consumerFd: loaded.mapFd('.data.consumer'),
  };
  const ring = openRing(maps, ringBytes);
  const way = { kind: 'tp_btf', target, arguments: noArguments, fields: noFields } as const;
  const attached = attachProgram(way, loaded);
  try {
    await inNamespace((name) => body(ring, (count) => sendDatagrams(name, address, port, count)));
  } finally {
    attached.detach();
    ring.close();
    loaded.close();
  }
}

/** Milliseconds that a promise takes. */
async function timeOf(waiting: Promise<void>): Promise<number> {
  const start = performance.now();
  await waiting;
  return performance.now() - start;
}

describe('waiting for a ring', (test) => {
  test.skipUnless(missing, 'the first packet wakes whoever waits for one, each time', () =>
    withRing(async (ring, send) => {
      for (let round = 0; round < 3; round++) {
        const time = timeOf(ring.wait(1, longMilliseconds));
        send(1);
        assert.ok((await time) < longMilliseconds / 2);
        assert.is(ring.take(ringBytes)?.offsets.length, 1);
      }
    }),
  );

  test.skipUnless(missing, 'so many bytes wake whoever waits for them, and fewer do not', () =>
    withRing(async (ring, send) => {
      const few = timeOf(ring.wait(ringBytes / 4, 1500));
      send(10);
      assert.ok((await few) > 1400);
      const many = timeOf(ring.wait(ringBytes / 4, longMilliseconds));
      send(200);
      assert.ok((await many) < longMilliseconds / 2);
      assert.is(ring.take(ringBytes)?.offsets.length, 210);
    }),
  );

  test.skipUnless(missing, 'closing ends a wait, so that its thread keeps nobody', () =>
    withRing(async (ring) => {
      const time = timeOf(ring.wait(1, longMilliseconds));
      setTimeout(ring.close, 100);
      assert.ok((await time) < longMilliseconds / 2);
    }),
  );

  test.skipUnless(missing, 'what is there already is not waited for', () =>
    withRing(async (ring, send) => {
      send(1);
      assert.ok((await timeOf(ring.wait(1, longMilliseconds))) < longMilliseconds / 2);
      assert.is(ring.take(ringBytes)?.offsets.length, 1);
    }),
  );
});
