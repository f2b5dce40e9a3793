/** Memory that a program may read, at the address it has in the kernel. */
export interface Memory {
  readonly address: bigint;
  readonly bytes: Uint8Array;
}

/** Where memory is, if all of it is in one piece. */
export function findMemory(
  memories: readonly Memory[],
  address: bigint,
  width: number,
): { readonly view: DataView; readonly offset: number } | undefined {
  const wanted = BigInt.asUintN(64, address);
  for (const { address: start, bytes } of memories) {
    const offset = wanted - start;
    if (offset >= 0n && offset + BigInt(width) <= BigInt(bytes.length)) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return { view, offset: Number(offset) };
    }
  }
  return undefined;
}

function expect<Found>(found: Found | undefined, address: bigint): Found {
  if (found === undefined) throw new Error(`no memory at ${address.toString(16)}`);
  return found;
}

/** A number, little-endian. Throws where there is no memory. */
export function readMemory(memories: readonly Memory[], address: bigint, width: number): bigint {
  const { view, offset } = expect(findMemory(memories, address, width), address);
  switch (width) {
    case 1:
      return BigInt(view.getUint8(offset));
    case 2:
      return BigInt(view.getUint16(offset, true));
    case 4:
      return BigInt(view.getUint32(offset, true));
    default:
      return view.getBigUint64(offset, true);
  }
}

/** Write the lower bytes of a number, little-endian. Throws where there is no memory. */
export function writeMemory(
  memories: readonly Memory[],
  address: bigint,
  width: number,
  value: bigint,
): void {
  const { view, offset } = expect(findMemory(memories, address, width), address);
  for (let byte = 0; byte < width; byte++)
    view.setUint8(offset + byte, Number((value >> BigInt(byte * 8)) & 0xffn));
}
