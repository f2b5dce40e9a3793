import { addressOf, libbpf } from '../ffi/libbpf.js';
import { optionSizes } from '../ffi/options.js';
import { attachTypes } from './attach.js';

/** A function and the number that its program gets to see there. */
export interface NamedFunction {
  readonly name: string;
  readonly cookie: bigint;
}

/** A program at all functions, or at none; a descriptor or -errno. */
export function createMultiLink(programFd: number, functions: readonly NamedFunction[]): number {
  const names = functions.map(({ name }) => Buffer.from(`${name}\0`, 'latin1'));
  const pointers = new BigUint64Array(names.map(addressOf));
  const cookies = new BigUint64Array(functions.map(({ cookie }) => cookie));
  return libbpf().bpf_link_create(programFd, 0, attachTypes['kprobe.multi'], {
    sz: optionSizes.link,
    kprobe_multi_flags: 0,
    count: functions.length,
    names: new Uint8Array(pointers.buffer),
    cookies: new Uint8Array(cookies.buffer),
  });
}
