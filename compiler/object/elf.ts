/**
 * The little of ELF that a BPF object needs: 64 bits, little-endian, relocatable, no segments (System V gABI,
 * chapter 4).
 */

const elfMagic = 0x7f454c46;
const machineBpf = 247;
const headerBytes = 64;
const sectionHeaderBytes = 64;
/** A section without bytes in the file: .bss. */
const typeNoBits = 8;

export interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: bigint;
  /** Index of the section it belongs to, by its meaning for the type: a symbol table, a string table. */
  readonly link: number;
  /** For relocations the index of the section they change, for symbols that of the first global. */
  readonly info: number;
  readonly alignment: number;
  readonly entrySize: number;
  /** Bytes in memory; `data` is as long unless the section has none in the file. */
  readonly size: number;
  readonly data: Uint8Array;
}

/** An object's header and its sections by index, the empty one at 0 included. */
export interface Elf {
  readonly header: Uint8Array;
  readonly sections: readonly Section[];
  /** Index of the section that holds the sections' names. */
  readonly names: number;
}

/** Why bytes are not an object that can be loaded, as the end of a sentence about the file. */
export type NotBpfObject = 'not an ELF file' | 'not built for BPF' | 'damaged';

/** Read an object; sections are views of `bytes`. */
export function readElf(bytes: Uint8Array): Elf | NotBpfObject {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes || view.getUint32(0) !== elfMagic) return 'not an ELF file';
  if (bytes[4] !== 2 || bytes[5] !== 1 || view.getUint16(18, true) !== machineBpf)
    return 'not built for BPF';
  try {
    return readSections(bytes, view);
  } catch (cause) {
    if (cause instanceof RangeError) return 'damaged';
    throw cause;
  }
}

function readSections(bytes: Uint8Array, view: DataView): Elf {
  const table = Number(view.getBigUint64(40, true));
  const count = view.getUint16(60, true);
  const names = view.getUint16(62, true);
  const sections = Array.from({ length: count }, (_, index) => {
    const at = table + index * sectionHeaderBytes;
    const type = view.getUint32(at + 4, true);
    const offset = Number(view.getBigUint64(at + 24, true));
    const size = Number(view.getBigUint64(at + 32, true));
    const end = type === typeNoBits ? offset : offset + size;
    if (end > bytes.length) throw new RangeError('section outside the file');
    return {
      nameOffset: view.getUint32(at, true),
      type,
      flags: view.getBigUint64(at + 8, true),
      link: view.getUint32(at + 40, true),
      info: view.getUint32(at + 44, true),
      alignment: Number(view.getBigUint64(at + 48, true)),
      entrySize: Number(view.getBigUint64(at + 56, true)),
      size,
      data: bytes.subarray(offset, end),
    };
  });
  const text = sections[names]?.data ?? new Uint8Array();
  return {
    header: bytes.subarray(0, headerBytes),
    names,
    sections: sections.map(({ nameOffset, ...section }) => ({
      ...section,
      name: stringAt(text, nameOffset),
    })),
  };
}

/** Contents of the section of that name; undefined if there is none. */
export function readSection(
  bytes: Uint8Array,
  name: string,
): Uint8Array | undefined | NotBpfObject {
  const elf = readElf(bytes);
  return typeof elf === 'string'
    ? elf
    : elf.sections.find((section) => section.name === name)?.data;
}

/** The NUL-terminated string at an offset of a string table; a RangeError if it does not end. */
export function stringAt(table: Uint8Array, offset: number): string {
  const end = table.indexOf(0, offset);
  if (end < 0) throw new RangeError('string without an end');
  return new TextDecoder().decode(table.subarray(offset, end));
}

/** A file of these sections, in this order; links and infos must already count in it. */
export function writeElf(elf: Elf): Uint8Array {
  // The compiler keeps symbol and section names in one table: the symbols' are there already.
  const strings = createStrings(elf.sections[elf.names]?.data);
  const nameOffsets = elf.sections.map(({ name }) => strings.add(name));
  const contents = elf.sections.map((section, index) =>
    index === elf.names ? strings.bytes() : section.data,
  );
  let position = headerBytes;
  const offsets = contents.map((data, index) => {
    const alignment = Math.max(1, elf.sections[index]?.alignment ?? 1);
    const offset = Math.ceil(position / alignment) * alignment;
    position = offset + data.length;
    return offset;
  });
  const table = Math.ceil(position / 8) * 8;
  const bytes = new Uint8Array(table + elf.sections.length * sectionHeaderBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(elf.header);
  view.setBigUint64(40, BigInt(table), true);
  view.setUint16(60, elf.sections.length, true);
  view.setUint16(62, elf.names, true);
  elf.sections.forEach((section, index) => {
    const data = contents[index] ?? section.data;
    const offset = index === 0 ? 0 : (offsets[index] ?? 0);
    bytes.set(data, offset);
    const at = table + index * sectionHeaderBytes;
    view.setUint32(at, nameOffsets[index] ?? 0, true);
    view.setUint32(at + 4, section.type, true);
    view.setBigUint64(at + 8, section.flags, true);
    view.setBigUint64(at + 24, BigInt(offset), true);
    const size = section.type === typeNoBits ? section.size : data.length;
    view.setBigUint64(at + 32, BigInt(size), true);
    view.setUint32(at + 40, section.link, true);
    view.setUint32(at + 44, section.info, true);
    view.setBigUint64(at + 48, BigInt(section.alignment), true);
    view.setBigUint64(at + 56, BigInt(section.entrySize), true);
  });
  return bytes;
}

/** A string table under construction, behind `first`: equal strings share a place, the empty one is at 0. */
export function createStrings(first: Uint8Array = new Uint8Array(1)): {
  readonly add: (text: string) => number;
  readonly bytes: () => Uint8Array;
} {
  const places = new Map([['', 0]]);
  const chunks: Uint8Array[] = [first];
  let size = first.length;
  return {
    add: (text) => {
      const known = places.get(text);
      if (known !== undefined) return known;
      const chunk = new TextEncoder().encode(`${text}\0`);
      const place = size;
      places.set(text, place);
      chunks.push(chunk);
      size += chunk.length;
      return place;
    },
    bytes: () => new Uint8Array(Buffer.concat(chunks)),
  };
}
