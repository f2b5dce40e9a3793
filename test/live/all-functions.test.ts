import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { missingGuest, runInGuest } from '../support/guest.js';
import { describe } from '../support/suite.js';
import { readPackets } from './compare.js';

const kernel = '6.12';

/** An emulated machine that has a processor to itself attaches in 15 s and ends in 2; tests share two. */
const attachSeconds = 60;
const endSeconds = 8;

/** The path of an echo request and its reply over the loopback device, in any order that compilers may choose. */
const path = [
  'ip_output',
  'ip_finish_output2',
  '__dev_queue_xmit',
  'ip_rcv',
  'ip_local_deliver',
  'icmp_rcv',
];

describe('netcap run --all', (test) => {
  test.skipUnless(missingGuest(kernel), 'every function with a packet, in seconds', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netcap-all-'));
    try {
      const object = join(folder, 'icmp.o');
      const compile = ['dist/compiler/cli/netcapc.js', 'compile', '-e', 'icmp', '-o', object];
      execFileSync(process.execPath, compile);
      const program = [process.execPath, '--import', 'tsx', 'test/live/all-functions.ts'];
      const capture = join(folder, 'all.pcap');
      const result = join(folder, 'result.json');
      const list = [process.execPath, 'dist/runtime/cli/netcap.js', 'list', '--json'];
      runInGuest(kernel, folder, [
        'sh',
        '-ec',
        `${[...program, object, capture].join(' ')} >${result}; ${list.join(' ')} >${folder}/list.json`,
      ]);
      const found = JSON.parse(readFileSync(result, 'utf8'));
      assert.is(found.status, 0, found.messages);
      const attached = Number(
        /^attached kprobe\.multi:\* at (\d+) functions/m.exec(found.messages)?.[1],
      );
      const leftOut = [...found.messages.matchAll(/^not attached, [^:]*: (.*)$/gm)].flatMap(
        ([, names]) => names.split(', '),
      );
      const functions = JSON.parse(readFileSync(join(folder, 'list.json'), 'utf8')).filter(
        ({ type, packet }: { type: string; packet: string }) =>
          type === 'function' && packet === 'skb',
      );
      const can = ({ kinds }: { kinds: readonly string[] }) => kinds.includes('kprobe.multi');
      assert.ok(attached > 1000, `${attached} functions`);
      assert.is(attached, functions.filter(can).length, 'all that can be attached');
      assert.is(attached + leftOut.length, functions.length, 'all others are named');
      for (const name of path) assert.match(found.messages, `kprobe.multi:${name}: `);
      assert.ok(readPackets(capture).length > 3 * path.length);
      assert.equal(found.left, []);
      assert.ok(found.attachSeconds < attachSeconds, `attached in ${found.attachSeconds} s`);
      assert.ok(found.endSeconds < endSeconds, `ended in ${found.endSeconds} s`);
      console.log(`--all: ${attached} functions, ${found.attachSeconds} s, ${found.endSeconds} s`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
