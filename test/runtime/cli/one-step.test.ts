import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import { runCli } from '../../support/cli.js';
import { describe } from '../../support/suite.js';
import { inFolder, writeObject } from '../objects.js';
import { missingForLoading, missingTools, withoutPrivileges } from '../requirements.js';
import { inNamespace, type Running, sendDatagrams, startNetcap } from './netcap.js';

const missing = missingForLoading() ?? missingTools('clang', 'ip', 'tcpdump');

/** Nobody else on the machine sends to this, so that hooks, which see all namespaces, see just the test's packets. */
const address = '127.77.23.5';
const port = 40177;
const filter = `udp port ${port} and host ${address}`;

/** Sizes and bytes of the packets in a capture file: what stays the same if they are captured twice. */
function packets(path: string): readonly unknown[] {
  const capture = readCapture(readFileSync(path));
  if (!capture.ok) throw new Error(capture.mistakes[0]?.message);
  return capture.value.packets.map(({ bytes, length }) => [length, Buffer.from(bytes).toString()]);
}

/** A namespace to send packets in, a folder for files and the caches of what is run. */
function setUp(
  body: (setting: { namespace: string; folder: string }) => Promise<void>,
): Promise<void> {
  return inFolder(async (folder) => {
    process.env.XDG_CACHE_HOME = folder;
    try {
      await inNamespace((namespace) => body({ namespace, folder }));
    } finally {
      delete process.env.XDG_CACHE_HOME;
    }
  });
}

describe('netcap skb', (test) => {
  const stop = async ({ child, finished }: Running) => {
    child.kill('SIGINT');
    const { status, errors } = await finished;
    assert.is(status, 0, errors);
    return errors;
  };

  test.skipUnless(missing, 'captures what netcap run does with the object of the filter', () =>
    setUp(async ({ namespace, folder }) => {
      const file = join(folder, 'filter.txt');
      writeFileSync(file, `${filter}\n`);
      const object = await writeObject(folder, filter);
      const hook = ['-f', 'tp_btf:netif_receive_skb', '-i', 'lo', '-s', '60', '-w'];
      const captures = [
        ['run', object],
        ['skb', '-e', filter],
        ['skb', file],
      ].map((command, index) => {
        const written = join(folder, `${index}.pcap`);
        return { written, netcap: startNetcap([...command, ...hook, written], namespace) };
      });
      for (const { netcap } of captures) await netcap.said('attached tp_btf:netif_receive_skb');
      sendDatagrams(namespace, address, port, 50);
      for (const { netcap } of captures) await stop(netcap);
      const [expected = [], ...others] = captures.map(({ written }) => packets(written));
      assert.is(expected.length, 50);
      for (const other of others) assert.equal(other, expected);
    }),
  );

  test.skipUnless(missing, 'without a hook it shows what comes in, goes out and is dropped', () =>
    setUp(async ({ namespace }) => {
      const netcap = startNetcap(['skb', '-e', filter], namespace);
      await netcap.said('attached tp_btf:kfree_skb');
      sendDatagrams(namespace, address, port, 4);
      const said = await stop(netcap);
      for (const hook of ['net_dev_start_xmit', 'netif_receive_skb', 'kfree_skb'])
        assert.match(said, new RegExp(`tp_btf:${hook}: \\d+ seen, 4 matched, 4 copied, 0 lost`));
    }),
  );

  test.skipUnless(missing, 'without a filter every packet matches', () =>
    setUp(async ({ namespace, folder }) => {
      const file = join(folder, 'all.pcap');
      const netcap = startNetcap(['skb', '-f', 'tp_btf:netif_receive_skb', '-w', file], namespace);
      await netcap.said('attached');
      sendDatagrams(namespace, address, port, 5);
      const said = await stop(netcap);
      const [, seen, matched] = /(\d+) packets seen, (\d+) matched/.exec(said) ?? [];
      assert.is(seen, matched);
      assert.ok(packets(file).length >= 5);
    }),
  );

  test.skipUnless(missing, 'an object is built once, and again if it was damaged', () =>
    setUp(async ({ namespace, folder }) => {
      const capture = async (expression: string) => {
        const netcap = startNetcap(
          ['skb', '-v', '-f', 'tp_btf:netif_receive_skb', '-e', expression, '-w', '/dev/null'],
          namespace,
        );
        await netcap.said('attached');
        sendDatagrams(namespace, address, port, 3);
        const said = await stop(netcap);
        assert.match(said, / 3 matched/);
        return /^object is (\w+)/.exec(said)?.[1];
      };
      assert.is(await capture(filter), 'built');
      assert.is(await capture(filter), 'cached');
      assert.is(await capture(`${filter} and udp`), 'built', 'another filter');
      const cache = join(folder, 'netcap');
      assert.is(readdirSync(cache).length, 2);
      for (const name of readdirSync(cache)) {
        const bytes = readFileSync(join(cache, name));
        bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
        writeFileSync(join(cache, name), bytes);
      }
      assert.is(await capture(filter), 'built');
      assert.is(await capture(filter), 'cached');
    }),
  );

  test.skipUnless(missing, 'another clang builds objects of its own', () =>
    setUp(async ({ folder }) => {
      const real = execFileSync('sh', ['-c', 'command -v clang'], { encoding: 'utf8' }).trim();
      const run = (version: string) => {
        writeFileSync(
          join(folder, 'clang'),
          `#!/bin/sh\n[ "$1" = --version ] && echo ${version} && exit\nexec ${real} "$@"\n`,
          { mode: 0o755 },
        );
        const env = { PATH: `${folder}:${process.env.PATH}` };
        const args = ['skb', '-v', '-i', 'no-such-device', '-e', filter];
        return runCli('netcap', args, { env });
      };
      const said = [await run('one'), await run('two'), await run('one')];
      assert.equal(
        said.map(({ errors }) => errors.split('\n')[0]),
        ['object is built', 'object is built', 'object is cached'],
      );
    }),
  );

  test.skipUnless(missing, 'a cache that cannot be used does not matter', () =>
    setUp(async ({ namespace, folder }) => {
      process.env.XDG_CACHE_HOME = join(folder, 'file');
      writeFileSync(process.env.XDG_CACHE_HOME, '');
      const netcap = startNetcap(
        ['skb', '-f', 'tp_btf:netif_receive_skb', '-e', filter, '-c', '1'],
        namespace,
      );
      await netcap.said('attached');
      sendDatagrams(namespace, address, port, 1);
      assert.is((await netcap.finished).status, 0);
    }),
  );

  test.skipUnless(missing, 'without privileges the refusal says what to do', () => {
    const program = [process.execPath, 'dist/runtime/cli/netcap.js'];
    const args = [...program, 'skb', '-f', 'tp_btf:netif_receive_skb', '-e', filter];
    const { status, stderr } = spawnSync('setpriv', withoutPrivileges(...args), {
      encoding: 'utf8',
    });
    assert.is(status, 3, stderr);
    assert.match(stderr, /cannot make a ring buffer of 16384 KiB: operation not permitted/);
  });
});

describe('netcap sock', (test) => {
  test.skipUnless(missing, 'captures where there is no packet but a socket', () =>
    setUp(async ({ namespace }) => {
      const connection = `tcp port ${port} and host ${address}`;
      const hook = ['-f', 'tp_btf:inet_sock_set_state'];
      const netcap = startNetcap(['sock', ...hook, '-e', connection, '-c', '2'], namespace);
      await netcap.said('attached tp_btf:inet_sock_set_state (sock is argument 1)');
      const script = `
        const net = require('node:net');
        const server = net.createServer((socket) => socket.end()).listen(${port}, '${address}', () => {
          net.connect(${port}, '${address}').resume().on('close', () => server.close());
        });`;
      execFileSync('ip', ['netns', 'exec', namespace, process.execPath, '-e', script]);
      const { status, output } = await netcap.finished;
      assert.is(status, 0);
      assert.match(output, new RegExp(`IP \\S+ > 127\\.77\\.23\\.5\\.${port}: `));
    }),
  );

  test('has no usual hook', async () => {
    const { status, errors } = await runCli('netcap', ['sock', '-e', filter]);
    assert.is(status, 2);
    assert.match(errors, /name a hook with --hook, or take --all/);
  });
});

describe('netcap skb and sock, without attaching', (test) => {
  for (const target of ['skb', 'sock'])
    test(`--dry-run of ${target} prints what netcapc does`, async () => {
      const one = await runCli('netcap', [target, '-f', 'ip_rcv', '-e', filter, '--dry-run']);
      const compile = ['compile', '--target', target, '-e', filter, '--emit', 'c'];
      const other = await runCli('netcapc', compile);
      assert.is(one.errors, '');
      assert.is(one.status, 0);
      assert.ok(one.output === other.output);
      assert.match(one.output, /netcap_filter_ethernet/);
    });

  test('--dry-run takes no privileges, no clang and no hook', () => {
    const program = [process.execPath, 'dist/runtime/cli/netcap.js'];
    const { status, stdout, stderr } = spawnSync(
      '/usr/bin/setpriv',
      withoutPrivileges(...program, 'sock', '--dry-run', '-e', filter),
      { encoding: 'utf8', env: { PATH: '/nowhere' }, maxBuffer: 1 << 24 },
    );
    assert.is(status, 0, stderr);
    assert.match(stdout, /SPDX-License-Identifier/);
  });

  test('names, warnings and where they go are those of netcapc', async () => {
    const options = ['-e', 'port 80 or 443 and host 10.1', '--diagnostics', 'json'];
    const one = await runCli('netcap', ['skb', '--dry-run', ...options]);
    const other = await runCli('netcapc', ['compile', '--emit', 'c', ...options]);
    assert.is(one.errors, other.errors);
    assert.ok(one.output === other.output);
    assert.match(one.errors, /"equal-precedence"/);
    const strict = await runCli('netcap', ['skb', '--dry-run', '--warnings', 'error', ...options]);
    assert.is(strict.status, 1);
    const broadcast = ['skb', '--dry-run', '-e', 'ip broadcast', '--netmask', '255.255.255.0'];
    assert.is((await runCli('netcap', broadcast)).status, 0);
  });

  test('the filter may come on standard input', async () => {
    const { output, status } = await runCli('netcap', ['skb', '-', '--dry-run'], { input: filter });
    assert.is(status, 0);
    assert.match(output, filter);
  });

  test('what is wrong is pointed at, before anything is built', async () => {
    const wrong: readonly (readonly [args: readonly string[], status: number, errors: RegExp])[] = [
      [
        ['-e', 'tcp prot 80'],
        1,
        /^error\[unexpected-token\][\s\S]*1 \| tcp prot 80\n {2}\| {5}\^{4}/,
      ],
      [
        ['-e', 'ip', '-f', 'kprob:ip_rcv'],
        1,
        /kprob:ip_rcv\n {2}\| \^{5}\nhelp: did you mean kprobe/,
      ],
      [['-e', 'ip', 'file'], 2, /both -e and a file were given/],
      [['/no/such/file'], 1, /cannot read \/no\/such\/file: no such file/],
      [['-e', 'ip', '-c', '0'], 2, /--count takes a number/],
      [['-e', 'ip', '-f', 'ip_rcv', '--all'], 2, /cannot be used with option '--all'/],
      [['-e', 'ip', '-e', 'tcp'], 2, /is given more than once/],
    ];
    for (const [args, status, errors] of wrong) {
      const finished = await runCli('netcap', ['skb', '-v', ...args]);
      assert.match(finished.errors, errors);
      assert.is(finished.status, status, finished.errors);
      assert.not.match(finished.errors, /object is/);
    }
  });

  test('a missing clang is named, and what can be done', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['dist/runtime/cli/netcap.js', 'skb', '-e', 'ip'],
      { encoding: 'utf8', env: { PATH: '/nowhere' } },
    );
    assert.is(status, 3, stderr);
    assert.match(stderr, /clang is not installed[\s\S]*netcap run/);
  });
});
