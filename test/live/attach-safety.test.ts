import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import {
  createNamespaces,
  inNamespace,
  type NamespacePair,
  within,
} from '../../examples/namespaces.js';
import { missingTools } from '../runtime/requirements.js';
import { describe } from '../support/suite.js';
import { readPackets } from './compare.js';
import { type Held, heldBy, untilGone } from './held.js';

const missing = process.getuid?.() === 0 ? missingTools('bpftool', 'ip') : 'not root';
const seconds = 1000;

/** What is attached goes away with whatever held it, and never takes anything along. */
describe('attach safety', (test) => {
  test.skipUnless(missing, 'a killed capture leaves nothing behind', () =>
    inPair(async ({ start }) => {
      const capture = await start('tc:veth0:ingress,tc:veth0:egress,xdp:veth0,tp_btf:kfree_skb');
      const attached = capture.held();
      assert.is(attached.programs.length, 4, 'programs');
      assert.is(attached.links.length, 4, 'links');
      capture.child.kill('SIGKILL');
      await capture.ended;
      await untilGone(attached);
    }),
  );

  test.skipUnless(missing, 'a second capture does not disturb the first', () =>
    inPair(async ({ pair, start }) => {
      const first = await start('tc:veth0:ingress,xdp:veth0');
      const beside = await start('tc:veth0:ingress');
      const refused = await start('tc:veth0:ingress,xdp:veth0', 'refused');
      assert.is(await refused.ended, 3);
      assert.match(refused.messages(), /the interface has an XDP program already \(EBUSY\)/);
      beside.child.kill('SIGKILL');
      await beside.ended;
      inNamespace(pair.near, 'ping', '-q', '-c', '3', '-i', '0.2', pair.farAddress);
      first.child.kill('SIGINT');
      assert.is(await first.ended, 0);
      assert.is(readPackets(first.file).length, 6, 'three requests, seen at two hooks');
    }),
  );

  test.skipUnless(missing, 'an interface may vanish', () =>
    inPair(async ({ pair, start }) => {
      const capture = await start('tc:veth0:ingress,xdp:veth0');
      const attached = capture.held();
      inNamespace(pair.near, 'ping', '-q', '-c', '2', '-i', '0.2', pair.farAddress);
      inNamespace(pair.far, 'ip', 'link', 'del', pair.device);
      capture.child.kill('SIGINT');
      assert.is(await capture.ended, 0);
      assert.is(readPackets(capture.file).length, 4);
      await untilGone(attached);
    }),
  );

  test.skipUnless(missing, 'a network namespace may vanish', () =>
    inPair(async ({ pair, start }) => {
      const capture = await start('tc:veth0:egress,tp_btf:kfree_skb');
      const attached = capture.held();
      pair.remove();
      await sleep(seconds);
      capture.child.kill('SIGINT');
      assert.is(await capture.ended, 0);
      await untilGone(attached);
    }),
  );
});

interface RunningCapture {
  readonly child: ChildProcess;
  readonly file: string;
  /** The exit status; null after a signal. */
  readonly ended: Promise<number | null>;
  messages(): string;
  /** What it has in the kernel. */
  held(): Held;
}

interface Place {
  readonly pair: NamespacePair;
  /** A capture of pings in the far namespace, once it is attached or has ended. */
  start(hooks: string, end?: 'refused'): Promise<RunningCapture>;
}

async function inPair(body: (place: Place) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netcap-safety-'));
  const pair = createNamespaces();
  const children: ChildProcess[] = [];
  try {
    const object = join(folder, 'icmp.o');
    const compile = ['dist/compiler/cli/netcapc.js', 'compile', '-e', 'icmp', '-o', object];
    execFileSync(process.execPath, compile);
    await body({
      pair,
      start: async (hooks, end) => {
        const file = join(folder, `${children.length}.pcap`);
        const netcap = [process.execPath, 'dist/runtime/cli/netcap.js', 'run', object];
        const args = within(pair.far, ...netcap, '--hook', hooks, '-w', file);
        const child = spawn('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
        children.push(child);
        let text = '';
        child.stderr?.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
        const isReady = () =>
          end === 'refused'
            ? child.exitCode !== null
            : [...text.matchAll(/^attached/gm)].length === hooks.split(',').length;
        for (let tries = 0; !isReady(); tries++) {
          if (tries > 600 || (end === undefined && child.exitCode !== null)) throw new Error(text);
          await sleep(100);
        }
        return { child, file, ended, messages: () => text, held: () => heldBy(child.pid) };
      },
    });
  } finally {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
    pair.remove();
    rmSync(folder, { recursive: true });
  }
}
