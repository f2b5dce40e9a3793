import type { Mapping } from '../ffi/handles.js';
import { lastErrno, libc, viewMemory } from '../ffi/libbpf.js';
import { createBpfError } from './error.js';

const protectionRead = 1;
const protectionWrite = 2;
const mapShared = 1;
const mapFailed = 0xffff_ffff_ffff_ffffn;

/** Memory of a BPF map that programs and this process share. Reading it after it was unmapped ends the process. */
export interface MapMemory {
  readonly bytes: ArrayBuffer;
  unmap(): void;
}

/** Which part of a map's memory. */
export interface MapPart {
  /** In bytes, whole pages. */
  readonly offset: number;
  readonly length: number;
  readonly isWritable: boolean;
}

/** Map a part of a map's memory; `name` is for the error. Throws BpfError. */
export function openMapMemory(mapFd: number, name: string, part: MapPart): MapMemory {
  const { offset, length, isWritable } = part;
  const protection = protectionRead | (isWritable ? protectionWrite : 0);
  const mapping: Mapping = libc().mmap(null, length, protection, mapShared, mapFd, offset);
  if (mapping === mapFailed) {
    throw createBpfError({ operation: `map ${name}`, errno: lastErrno() });
  }
  return {
    bytes: viewMemory(mapping, length),
    unmap: () => {
      libc().munmap(mapping, length);
    },
  };
}
