import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { capture } from '../../../../runtime/index.js';
import { describe } from '../../../support/suite.js';
import { readFields } from '../../../support/wireshark.js';
import { inNamespace, sendDatagrams } from '../../cli/netcap.js';
import { buildObject, inFolder } from '../../objects.js';
import { missingForLoading, missingTools } from '../../requirements.js';
import { sampleFormat } from './sample.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip', 'tshark', 'taskset');
const address = '127.77.19.6';
const port = 40126;

describe('losses in pcapng', (test) => {
  test.skipUnless(missing, 'the packet behind a gap says how many are missing', () =>
    inFolder(async (folder) => {
      const object = await buildObject(`udp port ${port} and host ${address}`);
      // Each CPU counts for itself, and its next packet tells: what is sent from here on stays on one.
      execFileSync('taskset', ['-p', '-c', '0', String(process.pid)], { stdio: 'ignore' });
      const started = capture({ object, hooks: 'tp_btf:netif_receive_skb', ringBytes: 4096 });
      if (!started.ok) throw new Error(started.mistakes[0]?.message);
      const format = sampleFormat();
      const parts = [Buffer.from(format.header())];
      await inNamespace(async (namespace) => {
        // Nobody reads meanwhile.
        sendDatagrams(namespace, address, port, 100);
        let isFirst = true;
        for await (const batch of started.value) {
          parts.push(Buffer.from(format.packets(batch)));
          if (isFirst) sendDatagrams(namespace, address, port, 3);
          else started.value.stop();
          isFirst = false;
        }
      });
      const file = join(folder, 'a.pcapng');
      writeFileSync(file, Buffer.concat(parts));
      const { ringFull } = started.value.summary().total;
      assert.ok(ringFull > 0n && ringFull < 100n, String(ringFull));
      const rows = readFields(file, ['frame.drop_count', 'udp.payload']);
      const gaps = rows.filter(([lost]) => lost !== '');
      assert.is(gaps.length, 1, JSON.stringify(rows));
      assert.is(gaps[0]?.[0], String(ringFull));
      // The first of those that were sent later: its text is 0.
      assert.is(gaps[0]?.[1], '30');
      assert.is(rows.length, 103 - Number(ringFull));
    }),
  );
});
