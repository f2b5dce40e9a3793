/**
 * exchange.ts FOLDER many|mixed NAME=OBJECT=HOOK...
 *
 * One exchange of packets between two namespaces, seen by tcpdump (FOLDER/tcpdump-in.pcap, tcpdump-out.pcap) and by one
 * `netcap run` for each hook (FOLDER/NAME.pcap, its messages in FOLDER/NAME.log). A program of its own, because it also runs in guests.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNamespaces, within, withinTraced } from '../../examples/namespaces.js';
import { makeMixedTraffic } from './mixed-traffic.js';
import { makeTraffic } from './traffic.js';

const [folder, traffic, ...captures] = process.argv.slice(2);
if (folder === undefined || (traffic !== 'many' && traffic !== 'mixed'))
  throw new Error('usage: exchange.ts FOLDER many|mixed NAME=OBJECT=HOOK...');

/** What the interface received is what receive hooks see. */
const directions = ['in', 'out'] as const;

const netcap = [process.execPath, 'dist/runtime/cli/netcap.js'];
const pair = createNamespaces();
const children: ChildProcess[] = [];
try {
  // Not --immediate-mode: it gives each packet a slot of the ring as large as the snaplen, so that the ring holds 256
  // of them, and a slow guest needs more.
  const references = directions.map((direction) => {
    const name = `tcpdump-${direction}`;
    const file = join(folder, `${name}.pcap`);
    const args = [
      '-i',
      pair.device,
      '-Q',
      direction,
      '-s',
      '262144',
      '-B',
      '65536',
      '-U',
      '-w',
      file,
    ];
    return { name, child: start(name, 'ip', within(pair.far, 'tcpdump', ...args)) };
  });
  for (const { name } of references) await logged(name, /listening on/);
  // One after the other: some hooks look at what others attached.
  const programs = [];
  for (const [index, capture] of captures.entries()) {
    const [name = '', object = '', hook = ''] = capture.split('=');
    const file = join(folder, `${name}.pcap`);
    // Rings as on a small machine, and as on a large one.
    const rings = index % 2 === 0 ? [] : ['--rings', '2'];
    const args = ['run', object, '--hook', hook, '-i', pair.device, '-w', file, ...rings];
    const child = start(name, 'unshare', withinTraced(pair.far, ...netcap, ...args));
    programs.push({ name, child });
    await logged(name, /attached/);
  }
  if (traffic === 'many') await makeTraffic(pair);
  else await makeMixedTraffic(pair, folder);
  for (const { name } of references) await untilQuiet(join(folder, `${name}.pcap`));
  for (const { name, child } of [...references, ...programs]) {
    const status = await stop(child);
    if (status !== 0) throw new Error(`${name} ended with ${status}:\n${log(name)}`);
  }
  for (const { name } of references)
    if (!/^0 packets dropped by kernel$/m.test(log(name)))
      throw new Error(`tcpdump lost packets:\n${log(name)}`);
} finally {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  pair.remove();
}

function start(name: string, command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.pipe(createWriteStream(join(folder ?? '', `${name}.log`)));
  children.push(child);
  return child;
}

/** tcpdump leaves what is in its ring behind when it is told to end: wait until it has taken all out. */
async function untilQuiet(file: string): Promise<void> {
  for (let before = -1, size = statSync(file).size; size !== before; ) {
    await sleep(2000);
    before = size;
    size = statSync(file).size;
  }
}

function stop(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    child.once('close', resolve);
    child.kill('SIGINT');
  });
}

function log(name: string): string {
  const path = join(folder ?? '', `${name}.log`);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

async function logged(name: string, pattern: RegExp): Promise<void> {
  for (let tries = 0; tries < 1800 && !/^error/m.test(log(name)); tries++) {
    if (pattern.test(log(name))) return;
    await sleep(100);
  }
  throw new Error(`${name} did not start:\n${log(name)}`);
}
