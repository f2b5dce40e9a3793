/** The XDP program that an interface has, to look at from outside: fentry and fexit attach to its main function. */
import { addressOf, lastErrno, libbpf, libc } from '../ffi/libbpf.js';
import { indexBtf } from '../hooks/btf-types.js';
import { createBpfError } from './error.js';
import { queryInfo } from './info.js';

/** A descriptor of the program, which the caller closes, and the name of its main function. */
export interface XdpProgram {
  readonly fd: number;
  readonly functionName: string;
}

/** Offsets in struct bpf_prog_info and struct bpf_btf_info (uapi linux/bpf.h); both only ever grow. */
const programInfo = { size: 152, btfId: 128, functionSize: 132, functions: 136, count: 144 };
const btfInfo = { size: 16, btf: 0, btfSize: 8 };
/** struct bpf_func_info: offset of the first instruction, type. */
const functionInfoBytes = 8;

/** Throws BpfError if the interface has no program, or one that nothing is known of. */
export function openXdpProgram(interfaceIndex: number, name: string): XdpProgram {
  const operation = `look at the XDP program of ${name}`;
  const id = new Uint32Array(1);
  const result = libbpf().bpf_xdp_query_id(interfaceIndex, 0, id);
  if (result < 0) throw createBpfError({ operation, errno: -result });
  if (id[0] === 0) throw createBpfError({ operation, reason: 'the interface has none' });
  const fd = libbpf().bpf_prog_get_fd_by_id(id[0] ?? 0);
  if (fd < 0) throw createBpfError({ operation, errno: lastErrno() });
  try {
    return { fd, functionName: mainFunction(fd, operation) };
  } catch (cause) {
    libc().close(fd);
    throw cause;
  }
}

function mainFunction(fd: number, operation: string): string {
  const functions = new Uint8Array(functionInfoBytes);
  const info = Buffer.alloc(programInfo.size);
  info.writeUInt32LE(functionInfoBytes, programInfo.functionSize);
  info.writeBigUInt64LE(addressOf(functions), programInfo.functions);
  info.writeUInt32LE(1, programInfo.count);
  readInfo(fd, info, operation);
  const btfId = info.readUInt32LE(programInfo.btfId);
  if (btfId === 0) throw createBpfError({ operation, reason: 'it was loaded without BTF' });
  const typeId = new DataView(functions.buffer).getUint32(4, true);
  return indexBtf(readBtf(btfId, operation)).nameOf(typeId);
}

function readBtf(id: number, operation: string): Uint8Array {
  const fd = libbpf().bpf_btf_get_fd_by_id(id);
  if (fd < 0) throw createBpfError({ operation, errno: lastErrno() });
  try {
    const info = Buffer.alloc(btfInfo.size);
    readInfo(fd, info, operation);
    const bytes = Buffer.allocUnsafeSlow(info.readUInt32LE(btfInfo.btfSize));
    info.writeBigUInt64LE(addressOf(bytes), btfInfo.btf);
    readInfo(fd, info, operation);
    return bytes;
  } finally {
    libc().close(fd);
  }
}

function readInfo(fd: number, info: Uint8Array, operation: string): void {
  const result = queryInfo(fd, info);
  if (result < 0) throw createBpfError({ operation, errno: -result });
}
