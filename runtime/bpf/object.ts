import { encodeNetcapKnobs, type NetcapKnobs, netcapKnobsSize } from '../events/generated.js';
import type { BpfMapHandle, BpfObjectHandle, BpfProgramHandle } from '../ffi/handles.js';
import { lastErrno, libbpf } from '../ffi/libbpf.js';
import { optionSizes } from '../ffi/options.js';
import { sumMissed } from './counts.js';
import { createBpfError } from './error.js';
import { missedByProgram } from './missed.js';

/** The map that libbpf makes of the constants in bpf-templates: one struct netcap_knobs. */
const knobsMap = '.rodata.knobs';

/** The ring that every object has. */
export const ringMap = 'netcap_ring';

/** The rings of many CPUs, see rings.ts: whoever has them says so, and without them there is no such map. */
export const ringsMap = 'netcap_rings';

/** Large enough for the verifier's account of any of our programs; pages that stay unused cost nothing. */
const logBytes = 16 << 20;

/** An object in the kernel with one of its programs. */
export interface LoadedObject {
  readonly program: BpfProgramHandle;
  readonly programFd: number;
  readonly companion: BpfProgramHandle | undefined;
  /** What the verifier wrote: nothing, unless statistics were asked for. */
  readonly verifierLog: string;
  /** Runs of its programs that were left out; undefined if this kernel does not count them. */
  missed(): bigint | undefined;
  /** Descriptor of a map. */
  mapFd(name: string): number;
  close(): void;
}

/** What becomes of a map when the object is loaded. */
export interface MapSetting {
  readonly name: string;
  /** Take this map, which another object made, instead of making one. */
  readonly reuseFd?: number;
  readonly maxEntries?: number;
  /** Size of the values as this netcap knows them: an object that differs is of another version. */
  readonly valueBytes?: number;
}

/** What the kernel is told beforehand about where a program will run. */
export interface Expectation {
  /** enum bpf_attach_type. */
  readonly attachType: number;
  /** The function or event that a tracing program is verified against. */
  readonly target?: string;
  /** The program whose function the target is; left out, the target is in the kernel. */
  readonly programFd?: number;
  /** BPF_F_*. */
  readonly flags?: number;
}

/** How to load an object. */
export interface LoadOptions {
  /** The only program to load, but for its companion. The kernel may not know what the others need. */
  readonly program: string;
  /** Another one, which works together with it. */
  readonly companion?: string;
  readonly knobs?: NetcapKnobs;
  readonly maps?: readonly MapSetting[];
  readonly expectation?: Expectation;
  /** Have the verifier write what the program cost it (BPF_LOG_STATS). */
  readonly wantsStatistics?: boolean;
}

/** Names of the programs in an object. Throws BpfError. */
export function programNames(bytes: Uint8Array): readonly string[] {
  const object = openObject(bytes, allocateLog(), false);
  try {
    return Array.from(programsOf(object), (program) => libbpf().bpf_program__name(program));
  } finally {
    libbpf().bpf_object__close(object);
  }
}

/** Load one program of an object. Throws BpfError. */
export function loadObject(bytes: Uint8Array, options: LoadOptions): LoadedObject {
  const log = allocateLog();
  const readLog = () => log.toString('latin1', 0, log.indexOf(0));
  const object = openObject(bytes, log, options.wantsStatistics === true);
  try {
    const { program, companion } = selectPrograms(object, options);
    for (const setting of options.maps ?? []) applyMapSetting(object, setting);
    if (!options.maps?.some(({ name }) => name === ringsMap)) leaveOut(object, ringsMap);
    if (options.knobs !== undefined) setKnobs(object, options.knobs);
    check(libbpf().bpf_object__load(object), `load program ${options.program}`, readLog);
    const fds = [program, companion].flatMap((each) =>
      each === undefined ? [] : [libbpf().bpf_program__fd(each)],
    );
    return {
      program,
      programFd: libbpf().bpf_program__fd(program),
      missed: () => sumMissed(fds.map(missedByProgram)),
      companion,
      verifierLog: readLog(),
      mapFd: (name) => libbpf().bpf_map__fd(findMap(object, name)),
      close: () => libbpf().bpf_object__close(object),
    };
  } catch (cause) {
    libbpf().bpf_object__close(object);
    throw cause;
  }
}

function allocateLog(): Buffer {
  const log = Buffer.allocUnsafeSlow(logBytes);
  log[0] = 0;
  return log;
}

/** BPF_LOG_STATS. */
const statisticsLevel = 4;

function openObject(bytes: Uint8Array, log: Buffer, wantsStatistics: boolean): BpfObjectHandle {
  const object = libbpf().bpf_object__open_mem(bytes, bytes.length, {
    sz: optionSizes.open,
    object_name: 'netcap',
    kernel_log_buf: log,
    kernel_log_size: log.length,
    kernel_log_level: wantsStatistics ? statisticsLevel : 0,
  });
  if (object === null) throw createBpfError({ operation: 'open object', errno: lastErrno() });
  return object;
}

function selectPrograms(object: BpfObjectHandle, options: LoadOptions) {
  const { program: name, companion: companionName, expectation } = options;
  const program = findProgram(object, name);
  const companion = companionName === undefined ? undefined : findProgram(object, companionName);
  for (const each of programsOf(object)) {
    const isWanted = each === program || each === companion;
    check(libbpf().bpf_program__set_autoload(each, isWanted), `select program ${name}`);
  }
  if (expectation !== undefined) expect(program, name, expectation);
  return { program, companion };
}

function findProgram(object: BpfObjectHandle, name: string): BpfProgramHandle {
  const program = libbpf().bpf_object__find_program_by_name(object, name);
  if (program !== null) return program;
  throw createBpfError({
    operation: `find program ${name}`,
    reason: 'the object has no such program',
    help: 'build the object for this kind of hook and packet',
  });
}

/** One program serves several kinds: only what the loader says about it differs. */
function expect(program: BpfProgramHandle, name: string, expectation: Expectation): void {
  const { attachType, target, programFd = 0, flags } = expectation;
  check(
    libbpf().bpf_program__set_expected_attach_type(program, attachType),
    `make ${name} a program for attach type ${attachType}`,
  );
  if (target !== undefined) {
    check(
      libbpf().bpf_program__set_attach_target(program, programFd, target),
      `find ${target} in ${programFd === 0 ? "the kernel's BTF" : 'the program'}`,
    );
  }
  if (flags !== undefined) {
    check(libbpf().bpf_program__set_flags(program, flags), `set flags of ${name}`);
  }
}

function* programsOf(object: BpfObjectHandle): Generator<BpfProgramHandle> {
  let program = libbpf().bpf_object__next_program(object, null);
  while (program !== null) {
    yield program;
    program = libbpf().bpf_object__next_program(object, program);
  }
}

function applyMapSetting(object: BpfObjectHandle, setting: MapSetting): void {
  const { name, reuseFd, maxEntries, valueBytes } = setting;
  const map = findMap(object, name);
  if (valueBytes !== undefined && libbpf().bpf_map__value_size(map) !== valueBytes) {
    throw createBpfError({
      operation: `use map ${name}`,
      reason: 'the object has it in another layout',
      help: 'use a netcapc and a netcap of the same version',
    });
  }
  if (reuseFd !== undefined) check(libbpf().bpf_map__reuse_fd(map, reuseFd), `share map ${name}`);
  else if (maxEntries !== undefined) {
    check(libbpf().bpf_map__set_max_entries(map, maxEntries), `resize map ${name}`);
  }
}

/** If there is such a map. What refers to it has to be code that this load does not reach. */
function leaveOut(object: BpfObjectHandle, name: string): void {
  const map = libbpf().bpf_object__find_map_by_name(object, name);
  if (map !== null) check(libbpf().bpf_map__set_autocreate(map, false), `leave out map ${name}`);
}

function setKnobs(object: BpfObjectHandle, knobs: NetcapKnobs): void {
  const value = new Uint8Array(netcapKnobsSize);
  encodeNetcapKnobs(knobs, new DataView(value.buffer));
  const map = findMap(object, knobsMap);
  check(libbpf().bpf_map__set_initial_value(map, value, value.length), 'set knobs');
}

function findMap(object: BpfObjectHandle, name: string): BpfMapHandle {
  const map = libbpf().bpf_object__find_map_by_name(object, name);
  if (map !== null) return map;
  throw createBpfError({ operation: `find map ${name}`, reason: 'the object has no such map' });
}

/** libbpf's integers are -errno on failure. */
function check(result: number, operation: string, log: () => string = () => ''): void {
  if (result < 0) throw createBpfError({ operation, errno: -result, log: log() });
}
