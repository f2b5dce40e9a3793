import { readFileSync, statSync } from 'node:fs';
import { mistake, type Outcome, success } from '../compiler/for-runtime.js';
import { libc } from './ffi/libbpf.js';
import { nearest } from './hooks/nearest.js';

/** A network interface, as the kernel tells it from those of other network namespaces. */
export interface InterfacePlace {
  /** 0 is any. */
  readonly index: number;
  /** Inode of the network namespace, in which alone the index means something. */
  readonly network: number;
}

/**
 * The interface of that name in the network namespace of this process; any, if no name is given. Not by
 * /sys/class/net: that shows the namespace in which it was mounted.
 */
export function findInterface(name: string | undefined): Outcome<InterfacePlace> {
  const network = statSync('/proc/self/ns/net').ino;
  if (name === undefined || name === 'any') return success({ index: 0, network });
  const index = libc().if_nametoindex(name);
  if (index > 0) return success({ index, network });
  const names = interfaceNames();
  const suggestions = nearest(name, names, 3);
  return mistake('unknown-interface', `there is no interface ${name}`, {
    help: `there are ${(suggestions.length > 0 ? suggestions : names).join(', ')}`,
  });
}

function interfaceNames(): readonly string[] {
  return readFileSync('/proc/self/net/dev', 'utf8')
    .split('\n')
    .flatMap((line) => /^ *([^ ]+): /.exec(line)?.[1] ?? []);
}
