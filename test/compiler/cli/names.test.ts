import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { captureFile, linkTypes } from '../../packets/capture.js';
import { ether, etherTypes } from '../../packets/link.js';
import { ip4 } from '../../packets/network.js';
import { whole } from '../../packets/packet.js';
import { tcp } from '../../packets/transport.js';
import { runCli } from '../../support/cli.js';
import { describe } from '../../support/suite.js';

const folder = mkdtempSync(join(tmpdir(), 'netcapc-names-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const capture = join(folder, 'packets.pcap');
const datagrams = [
  ip4({ source: '127.0.0.1', destination: '10.0.0.1' }, tcp(80, 1024)),
  ip4({ source: '10.0.0.2', destination: '10.0.0.255' }, tcp(1024, 1025)),
];
const frames = datagrams.map((datagram, index) =>
  whole(`${index}`, ether('2:0:0:0:0:1', '2:0:0:0:0:2', etherTypes.ip, datagram)),
);
writeFileSync(capture, captureFile(frames, linkTypes.ethernet));

describe('names on the command line', (test) => {
  test('a host is looked up with --resolve only', async () => {
    const without = await runCli('netcapc', ['check', '-e', 'host localhost']);
    assert.is(without.status, 1);
    assert.match(without.errors, /^error\[host-not-asked\]: 'localhost' is the name of a host/);
    assert.match(without.errors, /--resolve/);
    const match = ['match', '-r', capture, '-e', 'ip host localhost', '--resolve'];
    const { output, errors, status } = await runCli('netcapc', match);
    assert.is(errors, '');
    assert.is(output, '1\n');
    assert.is(status, 0);
  });

  test('a file of values is read, and one that cannot be read is named', async () => {
    const list = join(folder, 'hosts.txt');
    writeFileSync(list, '10.0.0.1 # the first\n127.0.0.1\n');
    const match = ['match', '-r', capture, '-e', `host in @${list}`];
    assert.equal(await runCli('netcapc', match), { output: '1\n', errors: '', status: 0 });
    const missing = await runCli('netcapc', ['check', '-e', 'host in @no/such/list']);
    assert.is(missing.status, 1);
    assert.match(missing.errors, /cannot read no\/such\/list: no such file/);
  });

  test('a host that does not exist is a mistake in the filter', async () => {
    // RFC 6761 section 6.4: never the name of a host.
    const args = ['check', '--resolve', '-e', 'tcp and host nowhere.invalid'];
    const { errors, status } = await runCli('netcapc', args);
    assert.match(errors, /^error\[(unknown-host|host-not-answered)\].*'nowhere\.invalid'/);
    assert.is(status, 1);
  });

  test('names of services and protocols need no option', async () => {
    const args = ['match', '--filters', '-', '-r', capture, '--bits'];
    const input = 'a\tport http\nb\tport htp\nc\tip proto \\tcp\n';
    const { output } = await runCli('netcapc', args, { input });
    const [first, second, third] = output.split('\n');
    assert.is(first, 'a\tOK\t1\t10');
    assert.is(second, "b\tERR\tunknown-service\tunknown service 'htp'");
    assert.is(third, 'c\tOK\t2\t11');
  });

  test('ip broadcast takes --netmask', async () => {
    const match = ['match', '-r', capture, '-e', 'ip broadcast'];
    const without = await runCli('netcapc', match);
    assert.match(without.errors, /^error\[netmask-unknown\][\s\S]*--netmask 255\.255\.255\.0/);
    for (const netmask of ['255.255.255.0', '0xffffff00']) {
      const { output } = await runCli('netcapc', [...match, '--netmask', netmask]);
      assert.is(output, '2\n', netmask);
    }
  });

  for (const netmask of ['24', '255.255.0', '255.255.255.256', '0x1ffffff00', '255.255.255.255'])
    test(`--netmask ${netmask} is wrong use`, async () => {
      const args = ['check', '-e', 'ip broadcast', '--netmask', netmask];
      const { errors, status } = await runCli('netcapc', args);
      assert.match(errors, /^netcapc: option '--netmask <mask>' argument '.*' is invalid/);
      assert.is(status, 2);
    });
});
