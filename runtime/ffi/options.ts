/** Structures that libbpf takes options in, by the names that the signatures in libbpf.ts know them by. */
import koffi from 'koffi';

/** `struct bpf_object_open_opts` up to the members that we set. */
export interface ObjectOpenOptions {
  readonly sz: number;
  readonly object_name: string;
  readonly kernel_log_buf: Uint8Array;
  readonly kernel_log_size: number;
  readonly kernel_log_level: number;
}

/** `struct bpf_kprobe_opts`. */
export interface KprobeOptions {
  readonly sz: number;
  readonly bpf_cookie: bigint;
  readonly offset: number;
  readonly retprobe: boolean;
}

/** `struct bpf_link_create_opts` with the members of kprobe.multi. */
export interface LinkOptions {
  readonly sz: number;
  readonly kprobe_multi_flags: number;
  readonly count: number;
  /** Addresses of C strings. */
  readonly names: Uint8Array;
  readonly cookies: Uint8Array;
}

/** `struct bpf_map_create_opts` up to the member that we set. */
export interface MapCreateOptions {
  readonly sz: number;
  readonly inner_map_fd: number;
}

/** `struct bpf_prog_load_opts` up to the members that we set. */
export interface ProgramLoadOptions {
  readonly sz: number;
  readonly expected_attach_type: number;
  readonly attach_btf_id: number;
}

const openOptions = koffi.struct('bpf_object_open_opts', {
  sz: 'size_t',
  object_name: 'const char *',
  relaxed_maps: 'bool',
  pin_root_path: 'const char *',
  attach_prog_fd: 'uint32_t',
  kconfig: 'const char *',
  btf_custom_path: 'const char *',
  kernel_log_buf: 'void *',
  kernel_log_size: 'size_t',
  kernel_log_level: 'uint32_t',
});

const programLoadOptions = koffi.struct('bpf_prog_load_opts', {
  sz: 'size_t',
  attempts: 'int',
  expected_attach_type: 'int',
  prog_btf_fd: 'uint32_t',
  prog_flags: 'uint32_t',
  prog_ifindex: 'uint32_t',
  kern_version: 'uint32_t',
  attach_btf_id: 'uint32_t',
  attach_prog_fd: 'uint32_t',
  attach_btf_obj_fd: 'uint32_t',
  fd_array: 'void *',
});

const mapCreateOptions = koffi.struct('bpf_map_create_opts', {
  sz: 'size_t',
  btf_fd: 'uint32_t',
  btf_key_type_id: 'uint32_t',
  btf_value_type_id: 'uint32_t',
  btf_vmlinux_value_type_id: 'uint32_t',
  inner_map_fd: 'uint32_t',
  map_flags: 'uint32_t',
});

const kprobeOptions = koffi.struct('bpf_kprobe_opts', {
  sz: 'size_t',
  bpf_cookie: 'uint64_t',
  offset: 'size_t',
  retprobe: 'bool',
});

const linkOptions = koffi.struct('bpf_link_create_opts', {
  sz: 'size_t',
  flags: 'uint32_t',
  iter_info: 'void *',
  iter_info_len: 'uint32_t',
  target_btf_id: 'uint32_t',
  kprobe_multi_flags: 'uint32_t',
  count: 'uint32_t',
  names: 'const void *',
  addresses: 'const void *',
  cookies: 'const void *',
});

/** Values of the `sz` members, which is how libbpf knows what the caller was built with. */
export const optionSizes = {
  open: koffi.sizeof(openOptions),
  programLoad: koffi.sizeof(programLoadOptions),
  mapCreate: koffi.sizeof(mapCreateOptions),
  kprobe: koffi.sizeof(kprobeOptions),
  link: koffi.sizeof(linkOptions),
} as const;
