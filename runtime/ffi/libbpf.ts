/**
 * Every C function that netcap calls, and the only import of koffi. libbpf is loaded at the first call, so that
 * `--help` and whatever works on files alone run on machines without it.
 *
 * Conventions of libbpf 1.x: a pointer is null on failure and errno is set; an integer is -errno on failure.
 */
import koffi, { type LibraryHandle } from 'koffi';
import { createBpfError } from '../bpf/error.js';
import type {
  BpfLinkHandle,
  BpfMapHandle,
  BpfObjectHandle,
  BpfProgramHandle,
  Mapping,
} from './handles.js';

/** Signatures of libbpf.so.1; only what is in libbpf 1.0 is used. */
export interface Libbpf {
  libbpf_version_string(): string;
  libbpf_num_possible_cpus(): number;
  bpf_object__open_mem(
    bytes: Uint8Array,
    size: number,
    options: ObjectOpenOptions,
  ): BpfObjectHandle | null;
  bpf_object__load(object: BpfObjectHandle): number;
  bpf_object__close(object: BpfObjectHandle): void;
  bpf_object__find_map_by_name(object: BpfObjectHandle, name: string): BpfMapHandle | null;
  bpf_object__find_program_by_name(object: BpfObjectHandle, name: string): BpfProgramHandle | null;
  bpf_object__next_program(
    object: BpfObjectHandle,
    previous: BpfProgramHandle | null,
  ): BpfProgramHandle | null;
  bpf_program__name(program: BpfProgramHandle): string;
  bpf_program__set_autoload(program: BpfProgramHandle, autoload: boolean): number;
  bpf_program__set_expected_attach_type(program: BpfProgramHandle, type: number): number;
  bpf_program__set_attach_target(program: BpfProgramHandle, fd: number, name: string): number;
  bpf_program__fd(program: BpfProgramHandle): number;
  bpf_program__attach(program: BpfProgramHandle): BpfLinkHandle | null;
  bpf_program__attach_kprobe(
    program: BpfProgramHandle,
    isReturn: boolean,
    name: string,
  ): BpfLinkHandle | null;
  bpf_program__attach_tracepoint(
    program: BpfProgramHandle,
    category: string,
    event: string,
  ): BpfLinkHandle | null;
  bpf_program__attach_raw_tracepoint(
    program: BpfProgramHandle,
    event: string,
  ): BpfLinkHandle | null;
  bpf_link__destroy(link: BpfLinkHandle): number;
  bpf_map__fd(map: BpfMapHandle): number;
  bpf_map__reuse_fd(map: BpfMapHandle, fd: number): number;
  bpf_map__set_max_entries(map: BpfMapHandle, count: number): number;
  bpf_map__value_size(map: BpfMapHandle): number;
  bpf_map__set_initial_value(map: BpfMapHandle, value: Uint8Array, size: number): number;
  bpf_map_create(
    type: number,
    name: string,
    keySize: number,
    valueSize: number,
    count: number,
    options: null,
  ): number;
  bpf_map_lookup_elem(fd: number, key: Uint8Array, value: Uint8Array): number;
  bpf_map_update_elem(fd: number, key: Uint8Array, value: Uint8Array, flags: number): number;
  bpf_prog_load(
    type: number,
    name: string,
    licence: string,
    instructions: Uint8Array,
    count: number,
    options: ProgramLoadOptions,
  ): number;
  bpf_prog_test_run_opts(fd: number, options: Uint8Array): number;
  bpf_raw_tracepoint_open(name: string | null, fd: number): number;
}

/** `struct bpf_object_open_opts` up to the members that we set. */
export interface ObjectOpenOptions {
  readonly sz: number;
  readonly object_name: string;
  readonly kernel_log_buf: Uint8Array;
  readonly kernel_log_size: number;
  readonly kernel_log_level: number;
}

/** `struct bpf_prog_load_opts` up to the members that we set. */
export interface ProgramLoadOptions {
  readonly sz: number;
  readonly expected_attach_type: number;
  readonly attach_btf_id: number;
}

/** What libc is needed for besides Node's own functions. */
export interface Libc {
  /** Index of an interface in the network namespace of the process; 0: there is none of that name. */
  if_nametoindex(name: string): number;
  mmap(
    address: null,
    length: number,
    protection: number,
    flags: number,
    fd: number,
    offset: number,
  ): Mapping;
  munmap(address: Mapping, length: number): number;
  clock_gettime(clock: number, time: Uint8Array): number;
  close(fd: number): number;
  getpagesize(): number;
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

const testRunOptions = koffi.struct('bpf_test_run_opts', {
  sz: 'size_t',
  data_in: 'void *',
  data_out: 'void *',
  data_size_in: 'uint32_t',
  data_size_out: 'uint32_t',
  ctx_in: 'const void *',
  ctx_out: 'void *',
  ctx_size_in: 'uint32_t',
  ctx_size_out: 'uint32_t',
  retval: 'uint32_t',
  repeat: 'int',
  duration: 'uint32_t',
  flags: 'uint32_t',
  cpu: 'uint32_t',
  batch_size: 'uint32_t',
});

/** Values of the `sz` members, which is how libbpf knows what the caller was built with. */
export const optionSizes = {
  open: koffi.sizeof(openOptions),
  programLoad: koffi.sizeof(programLoadOptions),
} as const;

// biome-ignore format: one signature a line
const libbpfSignatures: Readonly<Record<keyof Libbpf, string>> = {
  libbpf_version_string: 'const char *libbpf_version_string()',
  libbpf_num_possible_cpus: 'int libbpf_num_possible_cpus()',
  bpf_object__open_mem: 'void *bpf_object__open_mem(const void *bytes, size_t size, const bpf_object_open_opts *options)',
  bpf_object__load: 'int bpf_object__load(void *object)',
  bpf_object__close: 'void bpf_object__close(void *object)',
  bpf_object__find_map_by_name: 'void *bpf_object__find_map_by_name(void *object, const char *name)',
  bpf_object__find_program_by_name: 'void *bpf_object__find_program_by_name(void *object, const char *name)',
  bpf_object__next_program: 'void *bpf_object__next_program(void *object, void *previous)',
  bpf_program__name: 'const char *bpf_program__name(void *program)',
  bpf_program__set_autoload: 'int bpf_program__set_autoload(void *program, bool autoload)',
  bpf_program__set_expected_attach_type: 'int bpf_program__set_expected_attach_type(void *program, int type)',
  bpf_program__set_attach_target: 'int bpf_program__set_attach_target(void *program, int fd, const char *name)',
  bpf_program__fd: 'int bpf_program__fd(void *program)',
  bpf_program__attach: 'void *bpf_program__attach(void *program)',
  bpf_program__attach_kprobe: 'void *bpf_program__attach_kprobe(void *program, bool is_return, const char *name)',
  bpf_program__attach_tracepoint: 'void *bpf_program__attach_tracepoint(void *program, const char *category, const char *event)',
  bpf_program__attach_raw_tracepoint: 'void *bpf_program__attach_raw_tracepoint(void *program, const char *event)',
  bpf_link__destroy: 'int bpf_link__destroy(void *link)',
  bpf_map__fd: 'int bpf_map__fd(void *map)',
  bpf_map__reuse_fd: 'int bpf_map__reuse_fd(void *map, int fd)',
  bpf_map__set_max_entries: 'int bpf_map__set_max_entries(void *map, uint32_t count)',
  bpf_map__value_size: 'uint32_t bpf_map__value_size(void *map)',
  bpf_map__set_initial_value: 'int bpf_map__set_initial_value(void *map, const void *value, size_t size)',
  bpf_map_create: 'int bpf_map_create(int type, const char *name, uint32_t key_size, uint32_t value_size, uint32_t count, const void *options)',
  bpf_map_lookup_elem: 'int bpf_map_lookup_elem(int fd, const void *key, void *value)',
  bpf_map_update_elem: 'int bpf_map_update_elem(int fd, const void *key, const void *value, uint64_t flags)',
  bpf_prog_load: 'int bpf_prog_load(int type, const char *name, const char *licence, const void *instructions, size_t count, const bpf_prog_load_opts *options)',
  bpf_prog_test_run_opts: 'int bpf_prog_test_run_opts(int fd, void *options)',
  bpf_raw_tracepoint_open: 'int bpf_raw_tracepoint_open(const char *name, int fd)',
};

const libcSignatures: Readonly<Record<keyof Libc, string>> = {
  if_nametoindex: 'uint if_nametoindex(const char *name)',
  mmap: 'void *mmap(void *address, size_t length, int protection, int flags, int fd, int64_t offset)',
  munmap: 'int munmap(void *address, size_t length)',
  clock_gettime: 'int clock_gettime(int clock, void *time)',
  close: 'int close(int fd)',
  getpagesize: 'int getpagesize()',
};

/** `struct bpf_test_run_opts` for many runs of a program over one context. */
export interface TestRunOptions {
  readonly bytes: Uint8Array;
  /** What the last run returned. */
  result(): number;
}

/** Made once and passed as bytes: converting an object for each run costs ten times what the run does. */
export function createTestRunOptions(context: Uint8Array): TestRunOptions {
  const bytes = Buffer.alloc(koffi.sizeof(testRunOptions));
  const offset = (member: string) => koffi.offsetof(testRunOptions, member);
  bytes.writeBigUInt64LE(BigInt(bytes.length), offset('sz'));
  bytes.writeBigUInt64LE(addressOf(context), offset('ctx_in'));
  bytes.writeUInt32LE(context.length, offset('ctx_size_in'));
  const resultOffset = offset('retval');
  return { bytes, result: () => bytes.readUInt32LE(resultOffset) };
}

let loadedLibbpf: Libbpf | undefined;
let loadedLibc: Libc | undefined;

/** libbpf, loaded at the first call. */
export function libbpf(): Libbpf {
  if (loadedLibbpf === undefined) {
    const library = loadLibbpf();
    // libbpf prints to standard error by itself; its text reaches users through BpfError instead. A JavaScript
    // callback cannot take its place: it would be given a va_list.
    library.func('void *libbpf_set_print(void *print)')(null);
    loadedLibbpf = bind<Libbpf>(library, libbpfSignatures);
  }
  return loadedLibbpf;
}

/** libc, loaded at the first call. */
export function libc(): Libc {
  // The program itself has libc's symbols, whatever the library is called here.
  loadedLibc ??= bind<Libc>(koffi.load(null), libcSignatures);
  return loadedLibc;
}

/** errno of the last call; meaningful right after a call that reported failure. */
export function lastErrno(): number {
  return koffi.errno();
}

/** Memory that C owns, without a copy. Reading it after it was unmapped ends the process. */
export function viewMemory(address: bigint, length: number): ArrayBuffer {
  return koffi.view(address, length);
}

/** Where a buffer's bytes are, for structures that hold pointers. The caller keeps the buffer alive. */
export function addressOf(bytes: Uint8Array): bigint {
  return koffi.address(bytes);
}

function loadLibbpf(): LibraryHandle {
  try {
    return koffi.load('libbpf.so.1');
  } catch (cause) {
    throw createBpfError({
      operation: 'load libbpf.so.1',
      reason: cause instanceof Error ? cause.message : String(cause),
      help: 'install libbpf 1.0 or later (Debian, Ubuntu: libbpf1; Fedora, Arch: libbpf)',
    });
  }
}

function bind<Functions>(
  library: LibraryHandle,
  signatures: Readonly<Record<keyof Functions, string>>,
): Functions {
  const functions = Object.entries<string>(signatures).map(([name, signature]) => [
    name,
    library.func(signature),
  ]);
  return Object.freeze(Object.fromEntries(functions)) as Functions;
}
