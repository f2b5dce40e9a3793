/**
 * all-functions.ts OBJECT FILE
 *
 * `netcap run OBJECT --all` while an interface of this machine is pinged; prints as JSON how long it took to attach and
 * to end, what it said, and which programs are left.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

const [object = '', file = ''] = process.argv.slice(2);
const programs = () =>
  execFileSync('bpftool', ['prog'], { encoding: 'utf8' }).match(/name netcap_\w*/g) ?? [];

const begin = performance.now();
const netcap = ['dist/runtime/cli/netcap.js', 'run', object, '--all', '-v', '-w', file];
const child = spawn(process.execPath, netcap, { stdio: ['ignore', 'ignore', 'pipe'] });
let messages = '';
await new Promise<void>((attached) => {
  child.stderr.on('data', (chunk: Buffer) => {
    messages += chunk.toString();
    if (/^attached /m.test(messages)) attached();
  });
  child.once('close', () => attached());
});
const attachSeconds = (performance.now() - begin) / 1000;
execFileSync('ping', ['-q', '-c', '3', '-i', '0.3', '127.0.0.1']);
const signalled = performance.now();
child.kill('SIGINT');
const [status] = child.exitCode === null ? await once(child, 'close') : [child.exitCode];
const endSeconds = (performance.now() - signalled) / 1000;
console.log(JSON.stringify({ status, attachSeconds, endSeconds, messages, left: programs() }));
