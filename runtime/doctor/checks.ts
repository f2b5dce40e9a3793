/** What a machine needs to capture packets, in the order in which to mend it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hasKprobes } from '../bpf/attach.js';
import { isBpfError } from '../bpf/error.js';
import { libbpf } from '../ffi/libbpf.js';
import { type ProbedKind, probedKinds, whyNot } from '../hooks/available-kinds.js';
import type { Kernel } from '../hooks/kernel.js';
import { hasCapabilities, neededCapabilities } from './capabilities.js';

/** What a check found. */
export type Finding =
  | { readonly ok: true; readonly note: string }
  | { readonly ok: false; readonly note: string; readonly help?: string };

/** One question to the machine. */
export interface Check {
  readonly name: string;
  /** `all`: capture needs it; `any`: capture needs one of these; `none`: capture is better with it. */
  readonly need: 'all' | 'any' | 'none';
  readonly run: (kernel: Kernel) => Finding;
}

/** All checks. */
export const checks: readonly Check[] = [
  { name: 'privileges', need: 'all', run: checkPrivileges },
  { name: 'libbpf', need: 'all', run: () => yes(`version ${libbpf().libbpf_version_string()}`) },
  { name: 'BTF', need: 'all', run: checkBtf },
  { name: 'lockdown', need: 'all', run: checkLockdown },
  { name: 'ring buffer', need: 'all', run: checkRingBuffer },
  ...probedKinds.map(
    (kind): Check => ({ name: kind, need: 'any', run: (kernel) => checkKind(kind, kernel) }),
  ),
  { name: 'rdonly_cast', need: 'none', run: checkCast },
  { name: 'tcpdump', need: 'none', run: () => checkTool('tcpdump', 'text output needs it') },
  {
    name: 'clang',
    need: 'none',
    run: () => checkTool('clang', 'netcapc needs it to build objects'),
  },
];

/** Run a check; a library that cannot be loaded is its finding too. */
export function runCheck(check: Check, kernel: Kernel): Finding {
  try {
    return check.run(kernel);
  } catch (cause) {
    if (isBpfError(cause)) return no(cause.reason, cause.help);
    throw cause;
  }
}

/** Whether packets can be captured by what the checks found. */
export function canCapture(
  results: readonly { readonly check: Check; readonly finding: Finding }[],
) {
  const all = results.filter(({ check }) => check.need === 'all');
  const any = results.filter(({ check }) => check.need === 'any');
  return all.every(({ finding }) => finding.ok) && any.some(({ finding }) => finding.ok);
}

function checkPrivileges(): Finding {
  if (process.getuid?.() === 0 && hasCapabilities()) return yes('root');
  if (hasCapabilities()) return yes(neededCapabilities.join(', '));
  return no(
    process.getuid?.() === 0 ? 'root without the capabilities of root' : 'not root',
    `run as root, or with ${neededCapabilities.join(', ')}`,
  );
}

function checkBtf(kernel: Kernel): Finding {
  if (kernel.btf() !== undefined) return yes('/sys/kernel/btf/vmlinux');
  return no('no /sys/kernel/btf/vmlinux', 'boot a kernel built with CONFIG_DEBUG_INFO_BTF');
}

function checkLockdown(): Finding {
  const mode = /\[(\w+)\]/.exec(tryRead('/sys/kernel/security/lockdown'))?.[1];
  if (mode !== 'confidentiality') return yes(mode === undefined ? 'not in use' : mode);
  return no('confidentiality: programs may not read the kernel', 'boot with lockdown=integrity');
}

/** By BTF, because trying it tells a missing privilege from a missing feature on no kernel alike. */
function checkRingBuffer(kernel: Kernel): Finding {
  const types = [...(kernel.btf()?.enumNames('bpf_map_type').values() ?? [])];
  return types.includes('BPF_MAP_TYPE_RINGBUF')
    ? yes('')
    : no('not in this kernel', 'boot Linux 5.10 or later');
}

function checkKind(kind: ProbedKind, kernel: Kernel): Finding {
  const refusal = whyNot(kind, kernel);
  return refusal === undefined ? yes('') : no(refusal, helpFor(kind, kernel));
}

function helpFor(kind: ProbedKind, kernel: Kernel): string | undefined {
  if ((kind === 'kprobe' || kind === 'kretprobe') && !hasKprobes()) {
    return 'boot a kernel built with CONFIG_KPROBE_EVENTS';
  }
  if (kind === 'kprobe.multi') return 'globs take a kprobe for each function instead';
  const isUnmounted = kind === 'tracepoint' && !kernel.hasTracefs();
  return isUnmounted ? 'mount -t tracefs tracefs /sys/kernel/tracing' : undefined;
}

function checkCast(kernel: Kernel): Finding {
  if (kernel.btf()?.functionId('bpf_rdonly_cast') !== undefined) return yes('');
  return no('not in this kernel, so that packets are copied before they are looked at');
}

function checkTool(name: string, purpose: string): Finding {
  try {
    // tcpdump prints its version on standard error.
    const output = execFileSync(name, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return yes(output.split('\n', 1)[0] ?? '');
  } catch {
    return no(`not installed: ${purpose}`, `install ${name}`);
  }
}

function yes(note: string): Finding {
  return { ok: true, note };
}

function no(note: string, help?: string): Finding {
  return { ok: false, note, ...(help === undefined ? {} : { help }) };
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
