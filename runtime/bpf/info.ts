import { lastErrno, libbpf } from '../ffi/libbpf.js';

/**
 * What the kernel knows of a program, a link or BTF, by its descriptor: fills `info`, a structure of uapi linux/bpf.h,
 * as far as this kernel has it. The number of bytes that it has, or -errno.
 */
export function queryInfo(fd: number, info: Uint8Array): number {
  const size = Uint32Array.of(info.length);
  const result = libbpf().bpf_obj_get_info_by_fd(fd, info, size);
  return result < 0 ? -lastErrno() : (size[0] ?? 0);
}
