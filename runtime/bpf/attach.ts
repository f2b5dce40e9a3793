import { existsSync } from 'node:fs';
import type { BpfLinkHandle, BpfProgramHandle } from '../ffi/handles.js';
import { lastErrno, libbpf } from '../ffi/libbpf.js';
import { createBpfError } from './error.js';

/** The ways to attach that netcap knows, named as the user writes them. */
export type AttachKind = 'fentry' | 'kprobe' | 'tp_btf' | 'raw_tp' | 'tracepoint';

/** The program of an object that serves each kind. */
export const programNames: Readonly<Record<AttachKind, string>> = {
  fentry: 'netcap_tracing',
  kprobe: 'netcap_kprobe',
  tp_btf: 'netcap_tracing',
  raw_tp: 'netcap_raw_tp',
  tracepoint: 'netcap_tracepoint',
};

/** A program that runs at a hook until it is detached. */
export interface Attached {
  detach(): void;
}

/** Attach a loaded program. `target` is a function, an event, or for `tracepoint` `subsystem:event`. Throws BpfError. */
export function attachProgram(
  kind: AttachKind,
  program: BpfProgramHandle,
  target: string,
): Attached {
  const link = createLink(kind, program, target);
  if (link === null) {
    const errno = lastErrno();
    const operation = `attach ${kind}:${target}`;
    // libbpf says ENOENT of the missing kind as it does of a missing function.
    if (kind === 'kprobe' && !hasKprobes()) {
      throw createBpfError({ operation, errno, reason: 'the kernel has no kprobes' });
    }
    throw createBpfError({ operation, errno });
  }
  return { detach: () => void libbpf().bpf_link__destroy(link) };
}

/** Whether the kernel was built with CONFIG_KPROBE_EVENTS. */
export function hasKprobes(): boolean {
  return existsSync('/sys/bus/event_source/devices/kprobe/type');
}

function createLink(
  kind: AttachKind,
  program: BpfProgramHandle,
  target: string,
): BpfLinkHandle | null {
  switch (kind) {
    case 'fentry':
    case 'tp_btf':
      return libbpf().bpf_program__attach(program);
    case 'kprobe':
      return libbpf().bpf_program__attach_kprobe(program, false, target);
    case 'raw_tp':
      return libbpf().bpf_program__attach_raw_tracepoint(program, target);
    case 'tracepoint': {
      const [subsystem = '', event = ''] = target.split(':');
      return libbpf().bpf_program__attach_tracepoint(program, subsystem, event);
    }
  }
}
