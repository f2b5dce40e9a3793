import { existsSync } from 'node:fs';
import { returned } from '../events/flags.js';
import type { BpfLinkHandle } from '../ffi/handles.js';
import { lastErrno, libbpf, libc } from '../ffi/libbpf.js';
import type { Way } from '../hooks/ways.js';
import { createBpfError } from './error.js';
import { missedByLink } from './missed.js';
import type { LoadedObject, LoadOptions } from './object.js';

/** The ways to attach that netcap knows, named as the user writes them. */
export type AttachKind =
  | 'fentry'
  | 'fexit'
  | 'kprobe'
  | 'kretprobe'
  | 'kprobe.multi'
  | 'tp_btf'
  | 'raw_tp'
  | 'tracepoint'
  | 'tcx'
  | 'xdp'
  // The entry and the exit of the XDP program that an interface has.
  | 'xdp.fentry'
  | 'xdp.fexit';

/** The program of an object that serves each kind at one place. */
const programs: Readonly<Record<AttachKind, string>> = {
  fentry: 'netcap_tracing',
  fexit: 'netcap_tracing',
  kprobe: 'netcap_kprobe',
  kretprobe: 'netcap_kretprobe',
  'kprobe.multi': 'netcap_kprobe_many',
  tp_btf: 'netcap_tracing',
  raw_tp: 'netcap_raw_tp',
  tracepoint: 'netcap_tracepoint',
  tcx: 'netcap_tc',
  xdp: 'netcap_xdp',
  'xdp.fentry': 'netcap_tracing',
  'xdp.fexit': 'netcap_tracing',
};

/** enum bpf_attach_type. */
export const attachTypes = {
  tp_btf: 23,
  fentry: 24,
  fexit: 25,
  xdp: 37,
  'kprobe.multi': 42,
  'tcx ingress': 46,
  'tcx egress': 47,
} as const;

/** BPF_F_XDP_HAS_FRAGS: packets may have fragments. Without it an interface with large packets takes no program. */
const xdpHasFragments = 32;

/** A program that runs at a hook until it is detached. */
export interface Attached {
  detach(): void;
  /** Runs that were left out before they came to the program; until it is detached. */
  missed(): bigint;
}

/** What holds a program at a place. */
export interface Link {
  readonly fd: number;
  readonly detach: () => void;
}

/** A program that is held by links, more of which may come. */
export function attachedBy(links: Link[]): Attached {
  return {
    detach: () => {
      for (const each of links.splice(0)) each.detach();
    },
    missed: () => links.reduce((sum, { fd }) => sum + missedByLink(fd), 0n),
  };
}

/** A link that libbpf made. */
export function linkOf(handle: BpfLinkHandle): Link {
  return {
    fd: libbpf().bpf_link__fd(handle),
    detach: () => void libbpf().bpf_link__destroy(handle),
  };
}

/** What to load for a way. */
export function programsFor(way: Way): Pick<LoadOptions, 'program' | 'companion' | 'expectation'> {
  const program = programs[way.kind];
  switch (way.kind) {
    case 'fentry':
    case 'fexit':
    case 'tp_btf':
      return { program, expectation: { attachType: attachTypes[way.kind], target: way.target } };
    case 'kretprobe':
      // What a function returns is there at its return; its arguments have to be kept.
      return way.arguments.packet === returned
        ? { program }
        : { program, companion: 'netcap_entry' };
    case 'kprobe.multi':
      return { program, expectation: { attachType: attachTypes['kprobe.multi'] } };
    case 'xdp':
      return way.takesFragments === true
        ? { program, expectation: { attachType: attachTypes.xdp, flags: xdpHasFragments } }
        : { program };
    default:
      return { program };
  }
}

/** Whether programs of the kind may ask which process is running: network programs learn to in 6.10. */
export function hasProcess(kind: AttachKind): boolean {
  return kind !== 'tcx' && kind !== 'xdp';
}

/** Attach a loaded program at one place. Throws BpfError. */
export function attachProgram(way: Way, loaded: LoadedObject): Attached {
  const links: Link[] = [];
  const attached = attachedBy(links);
  try {
    for (const create of linksOf(way, loaded)) links.push(create());
    return attached;
  } catch (cause) {
    attached.detach();
    throw cause;
  }
}

/** Makers of the links that a way takes. */
function linksOf(way: Way, { program, programFd, companion }: LoadedObject): (() => Link)[] {
  const { kind, target } = way;
  const link = (create: () => BpfLinkHandle | null) => () => {
    const handle = create();
    if (handle === null) throw refusal(way, lastErrno());
    return linkOf(handle);
  };
  switch (kind) {
    case 'fentry':
    case 'fexit':
    case 'tp_btf':
    case 'xdp.fentry':
    case 'xdp.fexit':
      return [link(() => libbpf().bpf_program__attach(program))];
    case 'kprobe':
      return [link(() => libbpf().bpf_program__attach_kprobe(program, false, target))];
    case 'kretprobe':
      return [
        ...(companion === undefined
          ? []
          : [link(() => libbpf().bpf_program__attach_kprobe(companion, false, target))]),
        link(() => libbpf().bpf_program__attach_kprobe(program, true, target)),
      ];
    case 'raw_tp':
      return [link(() => libbpf().bpf_program__attach_raw_tracepoint(program, target))];
    case 'tracepoint': {
      const [subsystem = '', event = ''] = target.split(':');
      return [link(() => libbpf().bpf_program__attach_tracepoint(program, subsystem, event))];
    }
    case 'tcx':
    case 'xdp':
      return [() => attachToDevice(way, programFd)];
    case 'kprobe.multi':
      throw new Error('internal error: kprobe.multi at one place');
  }
}

/** By a link, which goes away with the process, and never in the place of another program. */
function attachToDevice(way: Way, programFd: number): Link {
  const side = way.target.endsWith(':egress') ? 'tcx egress' : 'tcx ingress';
  const type = attachTypes[way.kind === 'xdp' ? 'xdp' : side];
  const fd = libbpf().bpf_link_create(programFd, way.interfaceIndex ?? 0, type, null);
  if (fd < 0) throw refusal(way, -fd);
  return { fd, detach: () => void libc().close(fd) };
}

function refusal(way: Way, errno: number) {
  const operation = `attach ${way.kind}:${way.target}`;
  const isProbe = way.kind === 'kprobe' || way.kind === 'kretprobe';
  // libbpf says ENOENT of the missing kind as it does of a missing function.
  if (isProbe && !hasKprobes()) {
    return createBpfError({ operation, errno, reason: 'the kernel has no kprobes' });
  }
  return createBpfError({ operation, errno, ...deviceAdvice(way, errno) });
}

const errnoBusy = 16;
const errnoInvalid = 22;

function deviceAdvice({ kind, target }: Way, errno: number) {
  if (kind === 'xdp' && errno === errnoBusy) {
    return {
      reason: 'the interface has an XDP program already (EBUSY)',
      help: `it is left alone; tcx:${target}:ingress sees what it lets pass`,
    };
  }
  if (kind === 'tcx' && errno === errnoInvalid) {
    return {
      reason: 'the kernel has no tcx links, which came with 6.6',
      help: `the older filters would stay when netcap is killed; ${
        target.endsWith('ingress') ? 'tp_btf:netif_receive_skb' : 'tp_btf:net_dev_start_xmit'
      } with -i sees the same packets`,
    };
  }
  return {};
}

/** Whether the kernel was built with CONFIG_KPROBE_EVENTS. */
export function hasKprobes(): boolean {
  return existsSync('/sys/bus/event_source/devices/kprobe/type');
}
