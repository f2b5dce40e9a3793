import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inNamespace, type NamespacePair, within } from '../../examples/namespaces.js';

const run = promisify(execFile);

/** What each part of the exchange consists of. */
export const mixed = {
  pings: 20,
  httpPort: 8081,
  datagramPort: 9998,
  vlan: 7,
  vlanNetwork: '10.78.0.0/24',
  fileBytes: 700_000,
};

/** Selects the exchange, and nothing that the kernel sends of its own accord. */
export const mixedFilter = [
  'icmp',
  'icmp6 and (ip6[40] == 128 or ip6[40] == 129)',
  `tcp port ${mixed.httpPort}`,
  'ip proto 17',
  `vlan ${mixed.vlan} and icmp`,
]
  .map((part) => `(${part})`)
  .join(' or ');

/**
 * Packets of many kinds, in both directions: echo requests of IPv4 and IPv6, fragments of echo requests and of UDP
 * datagrams, a file over HTTP by sendfile(), so that segments have their data in pages, and tagged packets where the
 * kernel has VLAN devices.
 */
export async function makeMixedTraffic(pair: NamespacePair, folder: string): Promise<void> {
  const near = (...command: readonly string[]) =>
    run('ip', within(pair.near, ...command), { timeout: 240_000 });
  const ping = (...args: readonly string[]) =>
    near('ping', '-q', '-i', '0.05', '-c', `${mixed.pings}`, ...args);
  addAddresses(pair);
  await ping(pair.farAddress);
  await ping('-s', '5000', pair.farAddress);
  await ping('-6', 'fd77::2');
  if (addVlan(pair)) await ping('10.78.0.2');
  await near(process.execPath, '--input-type=module', '-e', datagramCode(pair.farAddress));
  await fetchFile(pair, folder);
}

function addAddresses(pair: NamespacePair): void {
  for (const [name, address] of [
    [pair.near, 'fd77::1/64'],
    [pair.far, 'fd77::2/64'],
  ] as const) {
    inNamespace(name, 'sysctl', '-qw', `net.ipv6.conf.${pair.device}.disable_ipv6=0`);
    inNamespace(name, 'ip', 'addr', 'add', address, 'dev', pair.device, 'nodad');
  }
}

/** False where the kernel has no VLAN devices. */
function addVlan(pair: NamespacePair): boolean {
  const device = `${pair.device}.${mixed.vlan}`;
  for (const [name, address] of [
    [pair.near, '10.78.0.1/24'],
    [pair.far, '10.78.0.2/24'],
  ] as const) {
    const link = ['link', pair.device, 'name', device, 'type', 'vlan', 'id', `${mixed.vlan}`];
    try {
      execFileSync('ip', ['-n', name, 'link', 'add', ...link], { stdio: 'ignore' });
    } catch {
      return false;
    }
    inNamespace(name, 'ip', 'addr', 'add', address, 'dev', device);
    inNamespace(name, 'ip', 'link', 'set', device, 'up');
  }
  return true;
}

/** busybox sends files by sendfile(). */
async function fetchFile(pair: NamespacePair, folder: string): Promise<void> {
  const root = join(folder, 'served');
  mkdirSync(root);
  writeFileSync(join(root, 'file'), Buffer.alloc(mixed.fileBytes, 'netcap'));
  const listen = `${pair.nearAddress}:${mixed.httpPort}`;
  const args = within(pair.near, 'busybox', 'httpd', '-f', '-p', listen, '-h', root);
  const server = spawn('ip', args, { stdio: 'ignore' });
  try {
    const client = within(
      pair.far,
      'busybox',
      'wget',
      '-q',
      '-O',
      '/dev/null',
      `http://${listen}/file`,
    );
    for (let tries = 0; ; tries++) {
      try {
        await run('ip', client, { timeout: 60_000 });
        return;
      } catch (error) {
        if (tries > 50) throw error;
        await sleep(100);
      }
    }
  } finally {
    server.kill('SIGKILL');
  }
}

/** Datagrams of one fragment and of several. */
function datagramCode(address: string): string {
  return `
    import { createSocket } from 'node:dgram';
    const socket = createSocket('udp4');
    for (let index = 0; index < 20; index++)
      await new Promise((sent) =>
        socket.send(Buffer.alloc(index * 400, index), ${mixed.datagramPort}, '${address}', sent));
    socket.close();`;
}
