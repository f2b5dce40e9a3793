/**
 * hold.ts OBJECT KIND COUNT HOOK: attach the object so many times at a hook, in that way alone, until standard input ends.
 * Says `attached KIND`, and at the end the fewest packets that one of them has seen. A program of its own, because what is an
 * interface depends on the namespace that a process is in.
 */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { sumCounters } from '../../runtime/bpf/counts.js';
import { attachHooks } from '../../runtime/bpf/hook-set.js';
import { runningKernel } from '../../runtime/hooks/kernel.js';
import { resolveHook } from '../../runtime/hooks/resolve.js';
import { parseHooks } from '../../runtime/hooks/spec.js';

const [object = '', kind = '', count = '', hook = ''] = process.argv.slice(2);
const specs = parseHooks(hook);
const [spec] = specs.ok ? specs.value : [];
if (spec === undefined) throw new Error(`${hook} is no hook`);
const resolved = resolveHook(spec, runningKernel(), 'struct sk_buff *');
if (!resolved.ok) throw new Error(resolved.mistakes[0]?.message);
// `first` is what netcap itself would take.
const ways = resolved.value.ways.filter((way, index) =>
  kind === 'first' ? index === 0 : way.kind === kind,
);
const set = attachHooks(
  readFileSync(object),
  Array.from({ length: Number(count) }, () => ({ ...resolved.value, ways })),
  {
    snaplenBytes: 65535,
    interface: { index: 0, network: 0 },
    ringBytes: 1 << 20,
    rings: 1,
    limits: {},
  },
);
console.log(`attached ${set.hooks[0]?.way.kind}`);
await once(process.stdin.resume(), 'end');
set.detach();
const seen = set.counters().map((processors) => Number(sumCounters(processors).seen));
console.log(Math.min(...seen));
set.close();
