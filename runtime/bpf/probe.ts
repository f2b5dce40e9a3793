import { lastErrno, libbpf, libc, optionSizes } from '../ffi/libbpf.js';
import { errnoReason } from './error.js';

/** enum bpf_prog_type and enum bpf_attach_type, as far as hooks need them. */
const types = { kprobe: 2, tracepoint: 5, raw_tp: 17, tracing: 26 } as const;
const attachTypes = { none: 0, tp_btf: 23, fentry: 24 } as const;

/** `return 0`: two instructions. */
const program = Uint8Array.from([0xb7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]);

/** A kind of program to try; `typeId` is that of the function or event in the kernel's BTF. */
export type Probe =
  | { readonly kind: 'kprobe' | 'tracepoint' | 'raw_tp' }
  | { readonly kind: 'fentry' | 'tp_btf'; readonly typeId: number };

/** Load the shortest program of a kind, and attach it where that could be refused; why not, or undefined. */
export function probeProgram(probe: Probe): string | undefined {
  const isTracing = probe.kind === 'fentry' || probe.kind === 'tp_btf';
  const attachType = isTracing ? attachTypes[probe.kind] : attachTypes.none;
  const fd = libbpf().bpf_prog_load(
    isTracing ? types.tracing : types[probe.kind],
    'netcap_probe',
    'Dual BSD/GPL',
    program,
    program.length / 8,
    {
      sz: optionSizes.programLoad,
      expected_attach_type: attachType,
      attach_btf_id: isTracing ? probe.typeId : 0,
    },
  );
  if (fd < 0) return errnoReason(-fd);
  const link = isTracing ? libbpf().bpf_raw_tracepoint_open(null, fd) : undefined;
  const reason = link !== undefined && link < 0 ? errnoReason(lastErrno()) : undefined;
  if (link !== undefined && link >= 0) libc().close(link);
  libc().close(fd);
  return reason;
}
