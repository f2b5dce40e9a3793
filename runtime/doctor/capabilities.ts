import { readFileSync } from 'node:fs';

/** What replaces root for tracing programs, since Linux 5.8. */
export const neededCapabilities = ['CAP_BPF', 'CAP_PERFMON'] as const;

/** Bits of capabilities(7); CAP_SYS_ADMIN stands for both others. */
const bits = { CAP_SYS_ADMIN: 21n, CAP_PERFMON: 38n, CAP_BPF: 39n } as const;

/** Whether this process may load and attach tracing programs. */
export function hasCapabilities(status = readFileSync('/proc/self/status', 'utf8')): boolean {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  const has = (bit: bigint) => ((effective >> bit) & 1n) === 1n;
  return has(bits.CAP_SYS_ADMIN) || neededCapabilities.every((name) => has(bits[name]));
}
