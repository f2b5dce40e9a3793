import { lastErrno, libbpf, libc } from '../ffi/libbpf.js';
import { optionSizes } from '../ffi/options.js';
import { attachTypes } from './attach.js';
import { errnoReason } from './error.js';
import { createMultiLink } from './multi-link.js';

/** enum bpf_prog_type, as far as hooks need it. */
const types = { kprobe: 2, tracepoint: 5, raw_tp: 17, tracing: 26 } as const;

/** `return 0`: two instructions. */
const program = Uint8Array.from([0xb7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]);

/** A kind of program to try; `typeId` is that of the function or event in the kernel's BTF. */
export type Probe =
  | { readonly kind: 'kprobe' | 'tracepoint' | 'raw_tp' }
  | { readonly kind: 'fentry' | 'fexit' | 'tp_btf'; readonly typeId: number }
  | { readonly kind: 'kprobe.multi'; readonly functionName: string };

/** Load the shortest program of a kind, and attach it where that could be refused; why not, or undefined. */
export function probeProgram(probe: Probe): string | undefined {
  const fd = load(probe);
  if (fd < 0) return errnoReason(-fd);
  const link = attach(probe, fd);
  if (link !== undefined && link >= 0) libc().close(link);
  libc().close(fd);
  return link !== undefined && link < 0 ? errnoReason(-link) : undefined;
}

/** A descriptor or -errno. */
function load(probe: Probe): number {
  const isTracing = 'typeId' in probe;
  return libbpf().bpf_prog_load(
    isTracing ? types.tracing : types[probe.kind === 'kprobe.multi' ? 'kprobe' : probe.kind],
    'netcap_probe',
    'Dual BSD/GPL',
    program,
    program.length / 8,
    {
      sz: optionSizes.programLoad,
      expected_attach_type:
        isTracing || probe.kind === 'kprobe.multi' ? attachTypes[probe.kind] : 0,
      attach_btf_id: isTracing ? probe.typeId : 0,
    },
  );
}

/** A descriptor or -errno; undefined where loading says it all. */
function attach(probe: Probe, fd: number): number | undefined {
  if ('typeId' in probe) {
    const link = libbpf().bpf_raw_tracepoint_open(null, fd);
    return link < 0 ? -lastErrno() : link;
  }
  return probe.kind === 'kprobe.multi'
    ? createMultiLink(fd, [{ name: probe.functionName, cookie: 0n }])
    : undefined;
}
