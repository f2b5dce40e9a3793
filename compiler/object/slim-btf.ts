import { createStrings, stringAt } from './elf.js';

/**
 * BTF without line information, and without the source lines in its strings. Formats: the kernel's
 * Documentation/bpf/btf.rst. What remains is what libbpf and the kernel load by: types, the functions' types, and
 * CO-RE relocations.
 */
export function slimBtf(
  btf: Uint8Array,
  extension: Uint8Array,
): { readonly btf: Uint8Array; readonly extension: Uint8Array } {
  const view = viewOf(btf);
  const header = view.getUint32(4, true);
  const typesStart = header + view.getUint32(8, true);
  const typesSize = view.getUint32(12, true);
  const stringsStart = header + view.getUint32(16, true);
  const table = btf.subarray(stringsStart, stringsStart + view.getUint32(20, true));

  const strings = createStrings();
  const move = (data: DataView, at: number) =>
    data.setUint32(at, strings.add(stringAt(table, data.getUint32(at, true))), true);

  const types = btf.slice(typesStart, typesStart + typesSize);
  moveTypeStrings(viewOf(types), (at) => move(viewOf(types), at));
  const slimExtension = dropLines(extension, move);

  const text = strings.bytes();
  const slim = new Uint8Array(header + types.length + text.length);
  slim.set(btf.subarray(0, header));
  slim.set(types, header);
  slim.set(text, header + types.length);
  const slimView = viewOf(slim);
  slimView.setUint32(8, 0, true);
  slimView.setUint32(16, types.length, true);
  slimView.setUint32(20, text.length, true);
  return { btf: slim, extension: slimExtension };
}

/** Bytes that follow the 12 of a type, by its kind, and the distance between names in them. */
const kinds: Readonly<Record<number, (count: number) => readonly [size: number, step: number]>> = {
  1: () => [4, 0], // integer
  3: () => [12, 0], // array
  4: (count) => [12 * count, 12], // struct
  5: (count) => [12 * count, 12], // union
  6: (count) => [8 * count, 8], // enumeration
  13: (count) => [8 * count, 8], // function prototype
  14: () => [4, 0], // variable
  15: (count) => [12 * count, 0], // section
  17: () => [4, 0], // tag
  19: (count) => [12 * count, 12], // enumeration of 64 bits
};

function moveTypeStrings(types: DataView, move: (at: number) => void): void {
  let at = 0;
  while (at < types.byteLength) {
    move(at);
    const info = types.getUint32(at + 4, true);
    const [size, step] = kinds[(info >>> 24) & 0x1f]?.(info & 0xffff) ?? [0, 0];
    if (step > 0) for (let name = 0; name < size; name += step) move(at + 12 + name);
    at += 12 + size;
  }
}

/** The extension's header has three pairs of offset and length: functions, lines, relocations. */
function dropLines(extension: Uint8Array, move: (data: DataView, at: number) => void): Uint8Array {
  const view = viewOf(extension);
  const header = view.getUint32(4, true);
  const part = (at: number) => {
    const start = header + view.getUint32(at, true);
    return extension.slice(start, start + view.getUint32(at + 4, true));
  };
  const functions = part(8);
  const relocations = header >= 32 ? part(24) : new Uint8Array();
  moveSectionStrings(viewOf(functions), move, []);
  moveSectionStrings(viewOf(relocations), move, [8]);

  const slim = new Uint8Array(header + functions.length + relocations.length);
  slim.set(extension.subarray(0, header));
  slim.set(functions, header);
  slim.set(relocations, header + functions.length);
  const slimView = viewOf(slim);
  const starts = [0, functions.length, functions.length];
  const sizes = [functions.length, 0, relocations.length];
  for (let index = 0; index < (header >= 32 ? 3 : 2); index++) {
    slimView.setUint32(8 + 8 * index, starts[index] ?? 0, true);
    slimView.setUint32(12 + 8 * index, sizes[index] ?? 0, true);
  }
  return slim;
}

/** A part is the size of its records, then for each section its name, a count, and records; `names` are offsets in those. */
function moveSectionStrings(
  part: DataView,
  move: (data: DataView, at: number) => void,
  names: readonly number[],
): void {
  if (part.byteLength === 0) return;
  const recordSize = part.getUint32(0, true);
  let at = 4;
  while (at < part.byteLength) {
    move(part, at);
    const count = part.getUint32(at + 4, true);
    for (let record = 0; record < count; record++)
      for (const name of names) move(part, at + 8 + record * recordSize + name);
    at += 8 + count * recordSize;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
