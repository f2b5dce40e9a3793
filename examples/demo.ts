/**
 * npm run demo: a firewall rule drops a connection; the hooks show where. All traffic stays in two network namespaces
 * that the demo makes and removes. Where the kernel allows no capture, the same filter runs over a capture file.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNamespaces, inNamespace, type NamespacePair, within } from './namespaces.js';

const filter = 'icmp or tcp port 8080';
const hooks = 'skb:kfree_skb,net:netif_receive_skb';
const folder = mkdtempSync(join(tmpdir(), 'netcap-demo-'));
const object = join(folder, 'demo.o');
const emitted = join(folder, 'demo.c');
const capture = join(folder, 'demo.pcap');

step(`netcapc compile -e '${filter}'`);
expectSuccess(netcapc('compile', '-e', filter, '--emit', 'c', '-o', emitted));
expectSuccess(netcapc('compile', '-e', filter, '-o', object));
console.log(`the C is ${emitted}, the object ${object}`);

const doctor = netcap('doctor');
if (doctor.status === 0) await captureLive();
else matchOffline(doctor.stdout);

async function captureLive(): Promise<void> {
  const pair = createNamespaces();
  const running: ChildProcess[] = [];
  try {
    dropConnections(pair);
    step(`netcap run ${object} --hook ${hooks}`);
    const writer = start(pair, '-w', capture);
    running.push(writer);
    const printer = start(pair);
    running.push(printer);
    await Promise.all([attached(writer), attached(printer)]);

    // Three packets there, three back, and connection requests that the rule drops.
    inNamespace(pair.near, 'ping', '-q', '-c', '3', '-i', '0.2', pair.farAddress);
    connectInVain(pair);
    await sleep(300);
    await stop(printer);
    await stop(writer);
    step(`tcpdump -r ${capture} reads what the other one wrote`);
    spawnSync('tcpdump', ['-nn', '--number', '-c', '3', '-r', capture], {
      stdio: ['ignore', 'inherit', 'ignore'],
    });
    console.log(`... the rest is in ${capture}`);
  } finally {
    for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
    pair.remove();
  }
}

/** The rule that the hooks are to find. */
function dropConnections(pair: NamespacePair): void {
  step('nft add rule … tcp dport 8080 drop');
  for (const command of [
    'add table ip demo',
    'add chain ip demo input { type filter hook input priority 0; }',
    'add rule ip demo input tcp dport 8080 drop',
  ])
    inNamespace(pair.far, 'nft', ...command.split(' '));
}

function connectInVain(pair: NamespacePair): void {
  const code = `
    const socket = require('node:net').connect(8080, '${pair.farAddress}');
    socket.on('error', () => {});
    setTimeout(() => process.exit(), 1300);`;
  inNamespace(pair.near, process.execPath, '-e', code);
}

function matchOffline(reasons: string): void {
  step('this kernel allows no capture:');
  process.stdout.write(reasons);
  step('so the filter runs over examples/sample.pcap: netcapc match');
  const matched = netcapc('match', '-e', filter, '-r', 'examples/sample.pcap', '-w', capture);
  expectSuccess(matched);
  console.log(`packets that match: ${matched.stdout.trim().split('\n').join(' ')}`);
  spawnSync('tcpdump', ['-nn', '-r', capture], { stdio: ['ignore', 'inherit', 'ignore'] });
}

/** A capture in the far namespace; its messages are shown as they come. */
function start(pair: NamespacePair, ...more: readonly string[]): ChildProcess {
  const args = ['dist/runtime/cli/netcap.js', 'run', object, '--hook', hooks, ...more];
  return spawn('ip', within(pair.far, process.execPath, ...args), {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
}

function attached(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = 0;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text);
      seen += text.split('attached').length - 1;
      if (seen >= hooks.split(',').length) resolve();
    });
    child.once('close', (status) => reject(new Error(`netcap ended with ${status}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill('SIGINT');
  });
}

function netcapc(...args: readonly string[]) {
  return spawnSync(process.execPath, ['dist/compiler/cli/netcapc.js', ...args], {
    encoding: 'utf8',
  });
}

function netcap(...args: readonly string[]) {
  return spawnSync(process.execPath, ['dist/runtime/cli/netcap.js', ...args], { encoding: 'utf8' });
}

function expectSuccess(result: { readonly status: number | null; readonly stderr: string }): void {
  if (result.status === 0) return;
  process.stderr.write(result.stderr);
  process.exit(1);
}

function step(text: string): void {
  console.log(`\n== ${text}`);
}
