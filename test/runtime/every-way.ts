/** Attaches a tracepoint in every way there is, one after the other; prints as JSON what each way saw. */
import { attachHooks } from '../../runtime/bpf/hook-set.js';
import { runningKernel } from '../../runtime/hooks/kernel.js';
import { resolveHook } from '../../runtime/hooks/resolve.js';
import { parseHooks } from '../../runtime/hooks/spec.js';
import { packetsOf } from '../../runtime/index.js';
import { inNamespace, sendDatagrams } from './cli/netcap.js';
import { buildObject } from './objects.js';

const address = '127.77.19.8';
const port = 40128;
const options = {
  snaplenBytes: 65535,
  interface: { index: 0, network: 0 },
  ringBytes: 65536,
  rings: 1,
  limits: {},
};

const object = await buildObject(`udp port ${port} and host ${address}`);
const specs = parseHooks('tracepoint:net:netif_receive_skb');
const [spec] = specs.ok ? specs.value : [];
if (spec === undefined) throw new Error('no spec');
const hook = resolveHook(spec, runningKernel(), 'struct sk_buff *');
if (!hook.ok) throw new Error(hook.mistakes[0]?.message);

const results = [];
for (const way of hook.value.ways) {
  const set = attachHooks(object, [{ ...hook.value, ways: [way] }], options);
  await inNamespace(async (name) => sendDatagrams(name, address, port, 3));
  set.detach();
  const batch = set.ring.take(1 << 20) ?? { bytes: new Uint8Array(), offsets: [] };
  const payloads = [...packetsOf(batch)].map(({ bytes }) =>
    Buffer.from(bytes.subarray(42)).toString(),
  );
  set.close();
  results.push({ way: `${way.kind}:${way.target}`, payloads });
}
console.log(JSON.stringify(results));
