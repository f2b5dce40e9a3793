import * as assert from 'uvu/assert';
import { capture } from '../../runtime/index.js';
import { describe } from '../support/suite.js';
import { inNamespace, sendDatagrams } from './cli/netcap.js';
import { buildObject } from './objects.js';
import { missingForLoading, missingTools } from './requirements.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip');
const address = '127.77.19.7';
const port = 40127;

/** The loopback interface is number 1 in every namespace; what it receives is inbound. */
const filters = [
  { words: 'ifname lo', packets: 4 },
  { words: 'on lo and ifindex 1', packets: 4 },
  { words: 'inbound', packets: 4 },
  { words: 'outbound', packets: 0 },
  { words: 'ifindex 2', packets: 0 },
  { words: 'ifname l', packets: 0 },
  { words: 'ifname loo', packets: 0 },
  { words: 'not ifname lo', packets: 0 },
] as const;

describe('words about the device', (test) => {
  for (const { words, packets } of filters)
    test.skipUnless(missing, words, async () => {
      const object = await buildObject(`udp port ${port} and host ${address} and ${words}`);
      const started = capture({ object, hooks: 'tp_btf:netif_receive_skb' });
      if (!started.ok) throw new Error(started.mistakes[0]?.message);
      await inNamespace(async (name) => sendDatagrams(name, address, port, 4));
      started.value.stop();
      let received = 0;
      for await (const batch of started.value) received += batch.offsets.length;
      assert.is(received, packets);
      assert.ok(started.value.summary().total.seen >= 4n);
    });
});
