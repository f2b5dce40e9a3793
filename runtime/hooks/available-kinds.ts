import { type AttachKind, hasKprobes } from '../bpf/attach.js';
import { isBpfError } from '../bpf/error.js';
import { type Probe, probeProgram } from '../bpf/probe.js';
import type { Kernel } from './kernel.js';

/** Present in every kernel with IPv4, and not inlined. */
const someFunction = 'ip_rcv';
const someEvent = 'netif_receive_skb';

/** Kinds that need no interface. */
export const probedKinds = [
  'fentry',
  'fexit',
  'kprobe.multi',
  'kprobe',
  'kretprobe',
  'tp_btf',
  'raw_tp',
  'tracepoint',
] as const satisfies readonly AttachKind[];
export type ProbedKind = (typeof probedKinds)[number];

/** Why a kind of hook cannot be had on this machine, as the end of a sentence; undefined if it can. */
export function whyNot(kind: ProbedKind, kernel: Kernel): string | undefined {
  switch (kind) {
    case 'fentry':
    case 'fexit': {
      const typeId = kernel.btf()?.functionId(someFunction);
      return typeId === undefined
        ? `BTF does not describe ${someFunction}`
        : tryProbe({ kind, typeId });
    }
    case 'tp_btf': {
      const typeId = kernel.btf()?.eventId(someEvent);
      return typeId === undefined
        ? `BTF does not describe ${someEvent}`
        : tryProbe({ kind, typeId });
    }
    case 'kprobe.multi':
      return tryProbe({ kind, functionName: someFunction });
    case 'kprobe':
    case 'kretprobe':
      return hasKprobes() ? tryProbe({ kind: 'kprobe' }) : 'the kernel has no kprobes';
    case 'tracepoint':
      return kernel.hasTracefs() ? tryProbe({ kind }) : 'tracefs is not mounted';
    case 'raw_tp':
      return tryProbe({ kind });
  }
}

/** A library that cannot be loaded is a reason, too. */
function tryProbe(probe: Probe): string | undefined {
  try {
    return probeProgram(probe);
  } catch (cause) {
    if (isBpfError(cause)) return cause.reason;
    throw cause;
  }
}
