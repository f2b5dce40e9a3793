import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import { describe } from '../../support/suite.js';
import { inFolder, writeObject } from '../objects.js';
import { missingForLoading, missingTools, withoutPrivileges } from '../requirements.js';
import { inNamespace, runNetcap, sendDatagrams, startNetcap } from './netcap.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip', 'tcpdump');

/** Nobody else on the machine sends to this, so that hooks, which see all namespaces, see just the test's packets. */
const address = '127.77.19.3';
const port = 40123;
const filter = `udp port ${port} and host ${address}`;

/** The text of each datagram in a capture file. */
function payloads(path: string): readonly string[] {
  const capture = readCapture(readFileSync(path));
  if (!capture.ok) throw new Error(capture.mistakes[0]?.message);
  return capture.value.packets.map(({ bytes }) => Buffer.from(bytes.subarray(42)).toString());
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

describe('netcap run', (test) => {
  /** An object for the test's packets, a namespace to send them in and a folder for files. */
  const setUp = (
    body: (setting: { object: string; namespace: string; folder: string }) => Promise<void>,
  ) =>
    inFolder(async (folder) => {
      const object = await writeObject(folder, filter);
      await inNamespace((namespace) => body({ object, namespace, folder }));
    });

  test.skipUnless(missing, '-c ends after exactly so many packets', () =>
    setUp(async ({ object, namespace, folder }) => {
      const file = join(folder, 'a.pcap');
      const netcap = startNetcap(
        ['run', object, '--hook', 'tp_btf:netif_receive_skb', '-w', file, '-c', '5'],
        namespace,
      );
      await netcap.said('attached tp_btf:netif_receive_skb (skb is argument 1)');
      sendDatagrams(namespace, address, port, 20);
      const { status, errors } = await netcap.finished;
      assert.is(status, 0);
      assert.match(errors, / 5 written/);
      assert.equal(payloads(file), numbers(5));
    }),
  );

  test.skipUnless(missing, 'a signal ends it after everything has been written', () =>
    setUp(async ({ object, namespace, folder }) => {
      const file = join(folder, 'a.pcap');
      const netcap = startNetcap(
        ['run', object, '--hook', 'raw_tp:netif_receive_skb', '-i', 'lo', '-w', file],
        namespace,
      );
      await netcap.said('attached');
      sendDatagrams(namespace, address, port, 500);
      netcap.child.kill('SIGTERM');
      const { status, errors } = await netcap.finished;
      assert.is(status, 0);
      assert.match(errors, /500 matched, 500 written, 0 truncated\n0 lost/);
      assert.equal(payloads(file), numbers(500));
    }),
  );

  test.skipUnless(missing, 'text says which hook, and why and where a packet was dropped', () =>
    setUp(async ({ object, namespace }) => {
      const hooks = 'tp:net:netif_receive_skb,tp_btf:kfree_skb';
      const netcap = startNetcap(['run', object, '--hook', hooks, '-c', '6'], namespace);
      await netcap.said('attached tp_btf:kfree_skb');
      sendDatagrams(namespace, address, port, 3);
      const { status, output } = await netcap.finished;
      assert.is(status, 0, output);
      const lines = output.trimEnd().split('\n');
      assert.is(lines.length, 6, output);
      const seen = lines.filter((line) => line.startsWith('tp_btf:netif_receive_skb  '));
      const dropped = lines.filter((line) => line.startsWith('tp_btf:kfree_skb          '));
      assert.is(seen.length, 3, output);
      assert.is(dropped.length, 3, output);
      for (const line of lines) {
        assert.match(line, /\d\d:\d\d:\d\d\.\d{9} IP \S+ > 127\.77\.19\.3\.40123: UDP, length 1/);
      }
      for (const line of dropped) assert.match(line, / {2}reason NO_SOCKET at \w+\+0x[0-9a-f]+$/);
    }),
  );

  test.skipUnless(missing, '--snaplen cuts packets, not their length', () =>
    setUp(async ({ object, namespace, folder }) => {
      const file = join(folder, 'a.pcap');
      const hook = ['--hook', 'tp_btf:netif_receive_skb', '--snaplen', '40'];
      const netcap = startNetcap(['run', object, ...hook, '-c', '1', '-w', file], namespace);
      await netcap.said('attached');
      sendDatagrams(namespace, address, port, 1);
      await netcap.finished;
      const capture = readCapture(readFileSync(file));
      const [packet] = capture.ok ? capture.value.packets : [];
      assert.is(packet?.bytes.length, 40);
      assert.is(packet?.length, 43);
    }),
  );

  test.skipUnless(missing, 'packets of other interfaces do not match', () =>
    setUp(async ({ object, namespace }) => {
      execFileSync('ip', ['-n', namespace, 'link', 'add', 'other', 'type', 'veth']);
      const hook = ['--hook', 'tp_btf:netif_receive_skb', '-w', '/dev/null', '-i', 'other'];
      const netcap = startNetcap(['run', object, ...hook], namespace);
      await netcap.said('attached');
      sendDatagrams(namespace, address, port, 10);
      netcap.child.kill('SIGINT');
      const { status, errors } = await netcap.finished;
      assert.is(status, 0);
      assert.match(errors, / 0 matched/);
    }),
  );

  test.skipUnless(missing, 'a full disk ends it with a file that can be read', () =>
    setUp(async ({ object, namespace, folder }) => {
      const disk = join(folder, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', disk]);
      try {
        const file = join(disk, 'a.pcap');
        const netcap = startNetcap(
          ['run', object, '--hook', 'tp_btf:netif_receive_skb', '-w', file],
          namespace,
        );
        await netcap.said('attached');
        sendDatagrams(namespace, address, port, 1000);
        const { status, errors } = await netcap.finished;
        assert.is(status, 3);
        assert.match(errors, /the disk is full/);
        const written = payloads(file);
        assert.equal(written, numbers(written.length));
        assert.match(errors, `, ${written.length} written`);
      } finally {
        execFileSync('umount', [disk]);
      }
    }),
  );
});

describe('netcap run, given something wrong', (test) => {
  test('what is wrong with the command line is status 2', async () => {
    const run = ['run', 'a.o', '--hook', 'x'];
    const wrong: readonly (readonly [args: readonly string[], errors: RegExp])[] = [
      [
        [],
        /^netcap: name a command: skb, sock, run, list, match, verify or doctor\n\nUsage: netcap COMMAND\n/,
      ],
      [['run'], /missing required argument 'object'/],
      [['run', '--hook', 'x'], /missing required argument 'object'/],
      [['run', 'a.o'], /name a hook with --hook, or take --all/],
      [[...run, '--all'], /'-f, --hook <specs>' cannot be used with option '--all'/],
      [[...run, 'b.o'], /too many arguments for 'run'\. Expected 1 argument but got 2\./],
      [[...run, '-c', '0'], /--count takes a number of packets, 1 or more/],
      [[...run, '--max-rate', '0'], /--max-rate takes packets per second, 1 to 1000000000/],
      [[...run, '--sample', '5'], /--sample takes 1\/N, with N from 1 to .*\nhelp: .* 1\/100/],
      [[...run, '--buffer-size', '0'], /--buffer-size takes a number of KiB, 1 to 1048576/],
      [[...run, '-c', 'many'], /'many' is invalid\. It is not a number\.\n\nUsage: netcap run /],
      [[...run, '-c', '1', '-c', '2'], /'-c, --count <packets>' is given more than once/],
      [[...run, '--nonsense'], /^netcap: unknown option '--nonsense'\n\nUsage: netcap run /],
    ];
    for (const [args, errors] of wrong) {
      const finished = await runNetcap(...args);
      assert.match(finished.errors, errors);
      assert.is(finished.status, 2);
      assert.is(finished.output, '');
    }
  });

  test('help that was asked for is not a mistake', async () => {
    const { status, output, errors } = await runNetcap('run', '--help');
    assert.is(status, 0);
    assert.is(errors, '');
    assert.match(output, /^Usage: netcap run \[options\] <object>\n/);
    assert.match(output, /SPEC\[,SPEC\.\.\.\]; SPEC is\s+\[KIND:\]TARGET\[@ARG\]/);
  });

  test('what is wrong with files and hooks is status 1', async () => {
    const missingFile = await runNetcap('run', '/no/such.o', '--hook', 'ip_rcv');
    assert.is(missingFile.status, 1);
    assert.match(missingFile.errors, /cannot read \/no\/such.o: there is no such file/);
    const foreign = await runNetcap('run', '/proc/self/exe', '--hook', 'ip_rcv');
    assert.is(foreign.status, 1);
    assert.match(foreign.errors, /is not built for BPF/);
  });

  test.skipUnless(missing, 'a mistake in a hook is pointed at', () =>
    inFolder(async (folder) => {
      const object = await writeObject(folder, filter);
      const { status, errors } = await runNetcap('run', object, '--hook', 'kprob:ip_rcv');
      assert.is(status, 1);
      assert.match(errors, 'kprob:ip_rcv\n  | ^^^^^\nhelp: did you mean kprobe?');
    }),
  );

  test.skipUnless(missing, 'a hook that does not exist is answered with the nearest that do', () =>
    inFolder(async (folder) => {
      const object = await writeObject(folder, filter);
      const hooks = 'tp_btf:netif_receive_skbx,ip_rcvv';
      const { status, errors } = await runNetcap('run', object, '--hook', hooks);
      assert.is(status, 1);
      assert.match(errors, /no event netif_receive_skbx[\s\S]*the nearest are netif_receive_skb/);
      assert.match(errors, /no function ip_rcvv[\s\S]*the nearest are ip_rcv/);
    }),
  );

  test.skipUnless(missing, 'without privileges the refusal says what to do', () =>
    inFolder(async (folder) => {
      const object = await writeObject(folder, filter);
      const program = [process.execPath, 'dist/runtime/cli/netcap.js'];
      const args = [...program, 'run', object, '--hook', 'tp_btf:netif_receive_skb'];
      const { status, stderr } = spawnSync('setpriv', withoutPrivileges(...args), {
        encoding: 'utf8',
      });
      assert.is(status, 3, stderr);
      assert.match(stderr, /cannot make a ring buffer of 16384 KiB: operation not permitted/);
      assert.match(stderr, /help: run it as root/);
    }),
  );

  test.skipUnless(missing, 'several --hook are one list', () =>
    inFolder(async (folder) => {
      const object = await writeObject(folder, filter);
      const hooks = ['--hook', 'ip_rcv,kfree_skb', '--hook', 'kprob:ip_rcv'];
      const { errors } = await runNetcap('run', object, ...hooks);
      assert.match(errors, 'ip_rcv,kfree_skb,kprob:ip_rcv\n');
    }),
  );
});
