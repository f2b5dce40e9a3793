import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import { readStatistics } from '../../support/statistics-blocks.js';
import { describe } from '../../support/suite.js';
import { asBlocks, readFields, runWireshark } from '../../support/wireshark.js';
import { inFolder, writeObject } from '../objects.js';
import { missingForLoading, missingTools } from '../requirements.js';
import { inNamespace, netcapCommand, runNetcap, sendDatagrams, startNetcap } from './netcap.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip', 'tshark', 'capinfos');

/** Nobody else on the machine sends to this, so that hooks, which see all namespaces, see just the test's packets. */
const address = '127.77.19.5';
const port = 40125;
const filter = `udp port ${port} and host ${address}`;

/** A datagram to a port that nobody listens at passes these, and the second is its end. */
const hooks = 'tp_btf:net_dev_xmit,tp_btf:netif_receive_skb,tp_btf:kfree_skb';

const dissector = fileURLToPath(new URL('../../../docs/netcap.lua', import.meta.url));

function payloads(path: string): readonly string[] {
  const capture = readCapture(readFileSync(path));
  if (!capture.ok) throw new Error(capture.mistakes[0]?.message);
  return capture.value.packets.map(({ bytes }) => Buffer.from(bytes.subarray(42)).toString());
}

describe('netcap run -w', (test) => {
  const setUp = (
    body: (setting: { object: string; namespace: string; folder: string }) => Promise<void>,
  ) =>
    inFolder(async (folder) => {
      const object = await writeObject(folder, filter);
      await inNamespace((namespace) => body({ object, namespace, folder }));
    });

  test.skipUnless(missing, 'pcapng tells of each packet where, which way, which, why and who', () =>
    setUp(async ({ object, namespace, folder }) => {
      const file = join(folder, 'a');
      const netcap = startNetcap(['run', object, '--hook', hooks, '-w', file], namespace);
      await netcap.said('attached tp_btf:kfree_skb');
      sendDatagrams(namespace, address, port, 3);
      netcap.child.kill('SIGINT');
      const { status, errors } = await netcap.finished;
      assert.is(status, 0, errors);
      const fields = [
        'frame.interface_name',
        'frame.packet_flags_direction',
        'frame.packet_id',
        'frame.comment',
        'netcap.flags.received',
        'netcap.location',
      ];
      const rows = readFields(file, fields, ['-X', `lua_script:${dissector}`]);
      assert.is(rows.length, 9);
      for (const id of ['1', '2', '3']) {
        const [sent, received, dropped] = rows.filter((row) => row[2] === id);
        assert.equal(sent, ['net_dev_xmit@1', '0x00000002', id, '', '0', '']);
        assert.equal(received, ['netif_receive_skb@1', '0x00000001', id, '', '0', '']);
        assert.equal(dropped?.slice(0, 3), ['kfree_skb@1', '0x00000001', id]);
        assert.match(dropped?.[3] ?? '', /^reason NO_SOCKET at \w+\+0x[0-9a-f]+$/);
        assert.is(dropped?.[4], '1');
        assert.is(dropped?.[3]?.endsWith(` at ${dropped[5]}`), true);
      }
      const processes = readFields(file, ['netcap.process'], ['-X', `lua_script:${dissector}`]);
      assert.ok(processes.every(([process]) => Number(process) > 0));
      const about = runWireshark('capinfos', file);
      assert.is(about.split(`Filter string = ${filter}\n`).length - 1, 3);
      assert.is(about.split('Number of stat entries = 1\n').length - 1, 3);
      const received = ['pcapng.options.option.data.interface.accepted_by_filter'];
      assert.equal(readFields(file, received, asBlocks), [['3,3,3']]);
    }),
  );

  test.skipUnless(missing, 'whom a packet is for is what the kernel made of its address', () =>
    inFolder(async (folder) => {
      const object = await writeObject(folder, 'icmp6');
      await inNamespace(async (namespace) => {
        const link = (...args: readonly string[]) =>
          execFileSync('ip', ['-n', namespace, 'link', ...args]);
        link('add', 'near', 'type', 'veth', 'peer', 'name', 'far');
        const file = join(folder, 'a');
        const hook = ['--hook', 'tp_btf:netif_receive_skb', '-i', 'far', '-c', '1'];
        const netcap = startNetcap(['run', object, ...hook, '-w', file], namespace);
        await netcap.said('attached');
        // A device that comes up asks the group of its own address whether it is taken.
        link('set', 'far', 'up');
        link('set', 'near', 'up');
        assert.is((await netcap.finished).status, 0);
        const fields = ['frame.packet_flags_reception_type', 'eth.dst.ig'];
        assert.equal(readFields(file, fields), [['2', '1']]);
      });
    }),
  );

  test.skipUnless(missing, '--stats writes statistics while nothing is captured', () =>
    setUp(async ({ object, namespace, folder }) => {
      const file = join(folder, 'a.pcapng');
      const args = ['run', object, '--hook', 'tp_btf:kfree_skb', '-w', file, '--stats', '1'];
      const netcap = startNetcap(args, namespace);
      await netcap.said('attached');
      // Two of them, one a second, and one more at the end; a busy machine may be late.
      for (let tries = 0; tries < 300 && readStatistics(file).length < 2; tries++) await sleep(100);
      netcap.child.kill('SIGINT');
      assert.is((await netcap.finished).status, 0);
      const [, entries] = /Number of stat entries = (\d+)\n/.exec(
        runWireshark('capinfos', file),
      ) ?? ['', '0'];
      assert.ok(Number(entries) >= 3, entries);
    }),
  );

  test.skipUnless(missing, '--write-file-rotate writes the last packets, at a signal too', () =>
    setUp(async ({ object, namespace, folder }) => {
      const end = async (name: string, args: readonly string[], signal?: NodeJS.Signals) => {
        const file = join(folder, name);
        const hook = ['--hook', 'tp_btf:netif_receive_skb', '--write-file-rotate', '5'];
        const netcap = startNetcap(['run', object, ...hook, '-w', file, ...args], namespace);
        await netcap.said('attached');
        sendDatagrams(namespace, address, port, 40);
        if (signal !== undefined) netcap.child.kill(signal);
        const { status, errors } = await netcap.finished;
        assert.is(status, 0, errors);
        assert.match(errors, /, 5 written/);
        return payloads(file);
      };
      assert.equal(await end('a.pcap', [], 'SIGTERM'), ['35', '36', '37', '38', '39']);
      assert.equal(await end('b.pcapng', ['-c', '20']), ['15', '16', '17', '18', '19']);
    }),
  );

  test.skipUnless(missing, '-G and -W end after so many files', () =>
    setUp(async ({ object, namespace, folder }) => {
      mkdirSync(join(folder, 'files'));
      const path = join(folder, 'files', 't-%s.pcap');
      const hook = ['--hook', 'tp_btf:netif_receive_skb', '-G', '1', '-W', '2', '-w', path];
      const netcap = startNetcap(['run', object, ...hook], namespace);
      await netcap.said('attached');
      let isOver = false;
      void netcap.finished.then(() => {
        isOver = true;
      });
      while (!isOver) {
        sendDatagrams(namespace, address, port, 1);
        await sleep(200);
      }
      const { status, errors } = await netcap.finished;
      assert.is(status, 0, errors);
      assert.match(errors, /ended: 2 files have been written/);
      const files = readdirSync(join(folder, 'files')).sort();
      assert.is(files.length, 2);
      for (const name of files) assert.match(name, /^t-\d{10}\.pcap$/);
      // The first has none if the first packet came late.
      assert.ok(payloads(join(folder, 'files', files[1] ?? '')).length > 0);
    }),
  );

  test.skipUnless(missing, '-Z: files are those of the user, and losses are still counted', () =>
    setUp(async ({ object, namespace, folder }) => {
      const theirs = join(folder, 'theirs');
      mkdirSync(theirs);
      // nobody's by its number, and no other user's to reach otherwise.
      execFileSync('chown', ['nobody', theirs]);
      chmodSync(folder, 0o711);
      const file = join(theirs, 'a.pcapng');
      const args = ['run', object, '--hook', 'tp_btf:kfree_skb', '-Z', 'nobody', '-c', '2'];
      const netcap = startNetcap([...args, '-w', file], namespace);
      await netcap.said('attached');
      const nobody = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }));
      const bpf = (1n << 39n).toString(16).padStart(16, '0');
      const threads = readdirSync(`/proc/${netcap.child.pid}/task`);
      for (const thread of threads) {
        const about = readFileSync(`/proc/${netcap.child.pid}/task/${thread}/status`, 'utf8');
        assert.match(about, new RegExp(`^Uid:(\\t${nobody}){4}$`, 'm'));
        assert.match(about, new RegExp(`^CapPrm:\\t(0{16}|${bpf})$`, 'm'));
      }
      sendDatagrams(namespace, address, port, 2);
      const { status, errors } = await netcap.finished;
      assert.is(status, 0, errors);
      assert.match(errors, / 2 matched, 2 written, 0 truncated\n0 lost/);
      assert.is(statSync(file).uid, nobody);
      const [[comment] = []] = readFields(file, ['frame.comment']);
      assert.match(comment ?? '', /^reason NO_SOCKET at \w+\+0x/);

      const refused = await runNetcap(...args, '-w', join(folder, 'b.pcapng'));
      assert.is(refused.status, 1);
      assert.match(
        refused.errors,
        /cannot write .*b\.pcapng: permission denied \(EACCES\)\nhelp: /,
      );
      const unknown = await runNetcap(...args.slice(0, -4), '-Z', 'no-such-user', '-w', file);
      assert.is(unknown.status, 1);
      assert.match(unknown.errors, /there is no user no-such-user/);
    }),
  );

  test.skipUnless(missing, '-w - streams packets as they come, and ends with its reader', () =>
    setUp(async ({ object, namespace, folder }) => {
      for (const format of ['pcapng', 'pcap']) {
        const errors = join(folder, `${format}.errors`);
        const status = join(folder, `${format}.status`);
        const args = ['run', object, '--hook', 'tp_btf:netif_receive_skb', '-w', '-'];
        // After three packets there is no reader, and nothing more to capture: netcap has to notice by itself.
        const script = `
          { "$@" 2>${errors}; echo $? >${status}; } |
            tshark -l -i - -c 3 -T fields -e frame.number -e frame.len`;
        const command = netcapCommand([...args, '--file-format', format], namespace);
        const shell = spawn('sh', ['-c', script, 'sh', ...command]);
        const output = text(shell.stdout);
        shell.stderr.resume();
        while (!existsSync(errors) || !readFileSync(errors, 'utf8').includes('attached')) {
          await sleep(50);
        }
        sendDatagrams(namespace, address, port, 3);
        await once(shell, 'close');
        assert.is(await output, '1\t43\n2\t43\n3\t43\n');
        assert.is(readFileSync(status, 'utf8'), '0\n');
        assert.match(readFileSync(errors, 'utf8'), / 3 matched, 3 written/);
      }
    }),
  );
});
