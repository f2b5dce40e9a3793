import { encodeNetcapInput, type NetcapInput, netcapInputSize } from '../events/generated.js';
import { lastErrno, libbpf, libc } from '../ffi/libbpf.js';
import { createBpfError } from './error.js';

/** Name of the map that netcap_match takes its packets from. */
export const packetsMap = 'netcap_packets';

const mapTypeArray = 2;

/** Packets in the kernel, for many objects to be run over. */
export interface PacketMap {
  readonly fd: number;
  put(key: number, input: NetcapInput): void;
  close(): void;
}

/** Make a map of packets. Throws BpfError. */
export function createPacketMap(count: number): PacketMap {
  const fd = libbpf().bpf_map_create(
    mapTypeArray,
    packetsMap.slice(0, 15), // the kernel's limit
    4,
    netcapInputSize,
    Math.max(count, 1),
    null,
  );
  if (fd < 0) throw createBpfError({ operation: 'make the map of packets', errno: -fd });
  const keyBytes = new Uint8Array(4);
  const value = new Uint8Array(netcapInputSize);
  const view = new DataView(value.buffer);
  return {
    fd,
    put: (key, input) => {
      new DataView(keyBytes.buffer).setUint32(0, key, true);
      encodeNetcapInput(input, view);
      if (libbpf().bpf_map_update_elem(fd, keyBytes, value, 0) < 0) {
        throw createBpfError({
          operation: `put packet ${key + 1} into the map`,
          errno: lastErrno(),
        });
      }
    },
    close: () => void libc().close(fd),
  };
}
