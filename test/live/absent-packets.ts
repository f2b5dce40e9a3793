/**
 * absent-packets.ts OBJECT
 *
 * Attaches the object to tp_btf:qdisc_dequeue, which is called for empty queues, too: without a packet. Sends datagrams
 * through a queue between two namespaces and prints how many events the program saw. A program of its own, because it can
 * be run in guests.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createNamespaces, inNamespace, within } from '../../examples/namespaces.js';
import { attachProgram, attachTypes } from '../../runtime/bpf/attach.js';
import { readCounters } from '../../runtime/bpf/counters.js';
import { idleKnobs } from '../../runtime/bpf/knobs.js';
import { loadObject } from '../../runtime/bpf/object.js';
import { packetKinds } from '../../runtime/events/flags.js';
import { argumentWay, noArguments } from '../../runtime/hooks/ways.js';

const [object] = process.argv.slice(2);
if (object === undefined) throw new Error('usage: absent-packets.ts OBJECT');
const way = argumentWay('tp_btf', 'qdisc_dequeue', { ...noArguments, packet: 3 });
const loaded = loadObject(readFileSync(object), {
  program: 'netcap_tracing',
  knobs: { ...idleKnobs(false, packetKinds.typed), packetArgument: way.arguments.packet },
  maps: [{ name: 'netcap_ring', maxEntries: 65536 }],
  expectation: { attachType: attachTypes.tp_btf, target: way.target },
});
const pair = createNamespaces();
try {
  inNamespace(pair.near, 'tc', 'qdisc', 'add', 'dev', pair.device, 'root', 'pfifo');
  const attached = attachProgram(way, loaded);
  const send = `
    const socket = require('dgram').createSocket('udp4');
    let left = 20;
    const next = () => left-- ? socket.send('x', 9, '${pair.farAddress}', next) : socket.close();
    next();`;
  execFileSync('ip', within(pair.near, process.execPath, '-e', send));
  attached.detach();
  const counters = readCounters(loaded.mapFd('netcap_counters'), 0);
  console.log(counters.reduce((sum, { seen }) => sum + Number(seen), 0));
} finally {
  pair.remove();
  loaded.close();
}
