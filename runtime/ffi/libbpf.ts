/**
 * Every C function that netcap calls, and, with the structures in options.ts, the only import of koffi. libbpf is
 * loaded at the first call, so that `--help` and whatever works on files alone run on machines without it.
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
import './options.js';
import type {
  KprobeOptions,
  LinkOptions,
  MapCreateOptions,
  ObjectOpenOptions,
  ProgramLoadOptions,
} from './options.js';

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
  bpf_program__set_flags(program: BpfProgramHandle, flags: number): number;
  bpf_program__set_expected_attach_type(program: BpfProgramHandle, type: number): number;
  bpf_program__set_attach_target(program: BpfProgramHandle, fd: number, name: string): number;
  bpf_program__fd(program: BpfProgramHandle): number;
  bpf_program__attach(program: BpfProgramHandle): BpfLinkHandle | null;
  bpf_program__attach_kprobe(
    program: BpfProgramHandle,
    isReturn: boolean,
    name: string,
  ): BpfLinkHandle | null;
  bpf_program__attach_kprobe_opts(
    program: BpfProgramHandle,
    name: string,
    options: KprobeOptions,
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
  bpf_link__fd(link: BpfLinkHandle): number;
  /** For tracing a program, `target` is 0; for a network interface its index. */
  bpf_link_create(
    programFd: number,
    target: number,
    attachType: number,
    options: LinkOptions | null,
  ): number;
  bpf_map__fd(map: BpfMapHandle): number;
  bpf_map__reuse_fd(map: BpfMapHandle, fd: number): number;
  bpf_map__set_max_entries(map: BpfMapHandle, count: number): number;
  bpf_map__set_autocreate(map: BpfMapHandle, autocreate: boolean): number;
  bpf_map__value_size(map: BpfMapHandle): number;
  bpf_map__set_initial_value(map: BpfMapHandle, value: Uint8Array, size: number): number;
  bpf_map_create(
    type: number,
    name: string,
    keySize: number,
    valueSize: number,
    count: number,
    options: MapCreateOptions | null,
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
  bpf_prog_get_fd_by_id(id: number): number;
  bpf_btf_get_fd_by_id(id: number): number;
  /** Fills in what is known about a program, a link or BTF. */
  bpf_obj_get_info_by_fd(fd: number, info: Uint8Array, size: Uint32Array): number;
  /** Id of the XDP program of an interface; 0 if it has none. */
  bpf_xdp_query_id(interfaceIndex: number, flags: number, id: Uint32Array): number;
  bpf_prog_test_run_opts(fd: number, options: Uint8Array): number;
  bpf_raw_tracepoint_open(name: string | null, fd: number): number;
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
  poll: Pollable;
  epoll_create1(flags: number): number;
  eventfd(count: number, flags: number): number;
  epoll_ctl(epollFd: number, operation: number, fd: number, event: Uint8Array): number;
  epoll_wait: EpollWait;
  close(fd: number): number;
  getpagesize(): number;
  localtime_r(seconds: BigInt64Array, time: Uint8Array): bigint;
  /** `struct passwd`, see `findUser`. */
  getpwnam(name: string): bigint | null;
  initgroups(user: string, group: number): number;
  prctl(option: number, value: number): number;
  capset(header: Uint32Array, data: Uint32Array): number;
  /** Bytes written; 0 if there is not room for all. */
  strftime(text: Uint8Array, size: number, format: string, time: Uint8Array): number;
}

/** A call that may take its time: made on a thread of its own. */
interface Pollable {
  async(
    descriptors: Int32Array,
    count: number,
    milliseconds: number,
    done: (error: Error | null, result: number) => void,
  ): void;
}

/** The same of many descriptors that were told before. */
interface EpollWait {
  async(
    epollFd: number,
    events: Uint8Array,
    count: number,
    milliseconds: number,
    done: (error: Error | null, result: number) => void,
  ): void;
}

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

const passwd = koffi.struct('passwd', {
  pw_name: 'const char *',
  pw_passwd: 'const char *',
  pw_uid: 'uint32_t',
  pw_gid: 'uint32_t',
});

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
  bpf_program__set_flags: 'int bpf_program__set_flags(void *program, uint32_t flags)',
  bpf_program__set_expected_attach_type: 'int bpf_program__set_expected_attach_type(void *program, int type)',
  bpf_program__set_attach_target: 'int bpf_program__set_attach_target(void *program, int fd, const char *name)',
  bpf_program__fd: 'int bpf_program__fd(void *program)',
  bpf_program__attach: 'void *bpf_program__attach(void *program)',
  bpf_program__attach_kprobe: 'void *bpf_program__attach_kprobe(void *program, bool is_return, const char *name)',
  bpf_program__attach_kprobe_opts: 'void *bpf_program__attach_kprobe_opts(void *program, const char *name, const bpf_kprobe_opts *options)',
  bpf_program__attach_tracepoint: 'void *bpf_program__attach_tracepoint(void *program, const char *category, const char *event)',
  bpf_program__attach_raw_tracepoint: 'void *bpf_program__attach_raw_tracepoint(void *program, const char *event)',
  bpf_link__destroy: 'int bpf_link__destroy(void *link)',
  bpf_link__fd: 'int bpf_link__fd(void *link)',
  bpf_link_create: 'int bpf_link_create(int program_fd, int target, int attach_type, const bpf_link_create_opts *options)',
  bpf_map__fd: 'int bpf_map__fd(void *map)',
  bpf_map__reuse_fd: 'int bpf_map__reuse_fd(void *map, int fd)',
  bpf_map__set_max_entries: 'int bpf_map__set_max_entries(void *map, uint32_t count)',
  bpf_map__set_autocreate: 'int bpf_map__set_autocreate(void *map, bool autocreate)',
  bpf_map__value_size: 'uint32_t bpf_map__value_size(void *map)',
  bpf_map__set_initial_value: 'int bpf_map__set_initial_value(void *map, const void *value, size_t size)',
  bpf_map_create: 'int bpf_map_create(int type, const char *name, uint32_t key_size, uint32_t value_size, uint32_t count, const bpf_map_create_opts *options)',
  bpf_map_lookup_elem: 'int bpf_map_lookup_elem(int fd, const void *key, void *value)',
  bpf_map_update_elem: 'int bpf_map_update_elem(int fd, const void *key, const void *value, uint64_t flags)',
  bpf_prog_load: 'int bpf_prog_load(int type, const char *name, const char *licence, const void *instructions, size_t count, const bpf_prog_load_opts *options)',
  bpf_prog_get_fd_by_id: 'int bpf_prog_get_fd_by_id(uint32_t id)',
  bpf_btf_get_fd_by_id: 'int bpf_btf_get_fd_by_id(uint32_t id)',
  bpf_obj_get_info_by_fd: 'int bpf_obj_get_info_by_fd(int fd, void *info, uint32_t *size)',
  bpf_xdp_query_id: 'int bpf_xdp_query_id(int index, int flags, uint32_t *id)',
  bpf_prog_test_run_opts: 'int bpf_prog_test_run_opts(int fd, void *options)',
  bpf_raw_tracepoint_open: 'int bpf_raw_tracepoint_open(const char *name, int fd)',
};

const libcSignatures: Readonly<Record<keyof Libc, string>> = {
  if_nametoindex: 'uint if_nametoindex(const char *name)',
  mmap: 'void *mmap(void *address, size_t length, int protection, int flags, int fd, int64_t offset)',
  munmap: 'int munmap(void *address, size_t length)',
  clock_gettime: 'int clock_gettime(int clock, void *time)',
  epoll_create1: 'int epoll_create1(int flags)',
  eventfd: 'int eventfd(unsigned int count, int flags)',
  epoll_ctl: 'int epoll_ctl(int epoll_fd, int operation, int fd, void *event)',
  epoll_wait: 'int epoll_wait(int epoll_fd, void *events, int count, int milliseconds)',
  poll: 'int poll(void *descriptors, unsigned long count, int milliseconds)',
  close: 'int close(int fd)',
  getpagesize: 'int getpagesize()',
  localtime_r: 'void *localtime_r(const void *seconds, void *time)',
  getpwnam: 'void *getpwnam(const char *name)',
  initgroups: 'int initgroups(const char *user, uint32_t group)',
  prctl: 'int prctl(int option, unsigned long value)',
  capset: 'int capset(void *header, const void *data)',
  strftime: 'size_t strftime(void *text, size_t size, const char *format, const void *time)',
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

/** A user of that name in the system's databases; undefined if there is none. */
export function findUser(name: string): { readonly uid: number; readonly gid: number } | undefined {
  const entry = libc().getpwnam(name);
  if (entry === null) return undefined;
  const view = new DataView(viewMemory(entry, koffi.sizeof(passwd)));
  const member = (key: string) => view.getUint32(koffi.offsetof(passwd, key), true);
  return { uid: member('pw_uid'), gid: member('pw_gid') };
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
