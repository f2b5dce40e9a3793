/** One program at many functions; each tells it by a number of its own what its arguments are. */
import { noArgument } from '../events/flags.js';
import { lastErrno, libbpf, libc } from '../ffi/libbpf.js';
import { optionSizes } from '../ffi/options.js';
import type { LeftOut, ManyWay, Way } from '../hooks/ways.js';
import { type Attached, attachedBy, hasKprobes, type Link, linkOf } from './attach.js';
import { createBpfError, errnoReason } from './error.js';
import { createMultiLink, type NamedFunction } from './multi-link.js';
import type { LoadedObject, MapSetting } from './object.js';

/** Some functions of a glob may refuse where others do not. */
export interface ManyAttached extends Attached {
  readonly failed: readonly LeftOut[];
}

const functionsMap = 'netcap_functions';

/** Room for the numbers of functions where the kernel has no cookies. */
export function manyMaps(way: ManyWay): readonly MapSetting[] {
  return way.addresses === undefined
    ? []
    : [{ name: functionsMap, maxEntries: way.functions.length }];
}

/** Attach a loaded program; `hook` is the index of the first function. Throws BpfError if no function takes it. */
export function attachMany(way: ManyWay, loaded: LoadedObject, hook: number): ManyAttached {
  const functions = way.functions.map((each, index) => ({
    name: each.target,
    cookie: encodeCookie(each, hook + index),
  }));
  const links: Link[] = [];
  const failed: LeftOut[] = [];
  const attached = attachedBy(links);
  try {
    if (way.kind === 'kprobe.multi') createMultiLinks(loaded.programFd, functions, links, failed);
    else createKprobes(way, loaded, functions, links, failed);
  } catch (cause) {
    attached.detach();
    throw cause;
  }
  const [first] = failed;
  if (links.length === 0) {
    throw createBpfError({
      operation: `attach ${way.kind}:${way.target}`,
      reason: first?.reason ?? 'no function',
    });
  }
  return { ...attached, failed };
}

/** See bpf-templates/many-functions.bpf.h. */
function encodeCookie({ arguments: found }: Way, hook: number): bigint {
  const bytes = [found.packet, found.payload, found.location, found.reason];
  return (
    (BigInt(hook) << 32n) |
    bytes.reduce((sum, byte, index) => sum | (BigInt(byte ?? noArgument) << BigInt(8 * index)), 0n)
  );
}

const errnoUnsupported = [1, 95]; // EPERM, EOPNOTSUPP: the same for all functions

/** One link for all. The kernel takes all or none, so halves are tried until the culprits are alone. */
function createMultiLinks(
  programFd: number,
  functions: readonly NamedFunction[],
  links: Link[],
  failed: LeftOut[],
): void {
  const result = createMultiLink(programFd, functions);
  if (result >= 0) {
    links.push({ fd: result, detach: () => void libc().close(result) });
    return;
  }
  const [only] = functions;
  if (errnoUnsupported.includes(-result)) {
    throw createBpfError({ operation: 'attach kprobe.multi', errno: -result });
  }
  if (functions.length === 1 && only !== undefined) {
    failed.push({ name: only.name, reason: errnoReason(-result) });
    return;
  }
  const middle = functions.length >> 1;
  createMultiLinks(programFd, functions.slice(0, middle), links, failed);
  createMultiLinks(programFd, functions.slice(middle), links, failed);
}

/** A kprobe for each function: slow to attach and to detach, but it works everywhere. */
function createKprobes(
  { addresses, target }: ManyWay,
  loaded: LoadedObject,
  functions: readonly NamedFunction[],
  links: Link[],
  failed: LeftOut[],
): void {
  if (!hasKprobes()) {
    throw createBpfError({
      operation: `attach kprobe:${target}`,
      reason: 'the kernel has no kprobes',
    });
  }
  for (const { name, cookie } of functions) {
    if (addresses !== undefined && !putFunction(loaded, addresses.get(name), cookie)) {
      failed.push({ name, reason: 'its address is hidden (kernel.kptr_restrict)' });
      continue;
    }
    const handle = libbpf().bpf_program__attach_kprobe_opts(loaded.program, name, {
      sz: optionSizes.kprobe,
      bpf_cookie: addresses === undefined ? cookie : 0n,
      offset: 0,
      retprobe: false,
    });
    if (handle === null) failed.push({ name, reason: errnoReason(lastErrno()) });
    else links.push(linkOf(handle));
  }
}

function putFunction(loaded: LoadedObject, address: bigint | undefined, cookie: bigint): boolean {
  if (address === undefined || address === 0n) return false;
  const bytes = (value: bigint) => new Uint8Array(new BigUint64Array([value]).buffer);
  return (
    libbpf().bpf_map_update_elem(loaded.mapFd(functionsMap), bytes(address), bytes(cookie), 0) === 0
  );
}
